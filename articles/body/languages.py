"""In which language a paragraph is, where that is plain; for the hint that a passage should be marked as such. Pure.

Of the libraries that guess languages none is small, kept up and without numpy, and all take an English sentence full
of foreign names for foreign. Here a paragraph is of a language when it is written in its letters, or when the little
words between the names are that language's and not English.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

NAMES = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "zh": "Chinese",
}
SHORTEST = 12  # words; of fewer nothing is said
KANA = re.compile(r"[\u3040-\u30ff]")
# The letters of a language, and how many make as much as the shortest paragraph.
LETTERS = {
    "zh": (re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"), 20),
    "ko": (re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"), 25),
    "ar": (re.compile(r"[\u0600-\u06ff\u0750-\u077f]"), 45),
    "he": (re.compile(r"[\u0590-\u05ff]"), 45),
    "hi": (re.compile(r"[\u0900-\u097f]"), 45),
}
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    "a about after all also an and are as at be because been before but by can come could did do does down for "
    "from get had has have he her here him his how i if in into is it its just like made make me more my no not "
    "now of off on one only or other our out over said say she so some such than that the their them then there "
    "these they this those through to too two under up us very was way we were what when where which while who "
    "why will with would years you your".split()
)
# The commonest little words of each language that are none of English.
LITTLE = {
    "fr": "ai au aux avait avec avoir bien c ce cela ces cet cette comme d dans de depuis des deux dit donc du elle "
    "elles en encore entre est et était étaient été être eux fait faire fois il ils j jamais je jour jusqu l la "
    "le les leur leurs lui ma mais même mes moi mon n ne ni nos notre nous où ou par parce pas peu peut plus pour "
    "pourquoi puis qu quand que quel quelle qui rien s sa sans ses si son sont sous sur ta te toi ton tous tout "
    "toute toutes très trop tu un une vers vie voir vos votre vous y à ça",
    "es": "al algo antes aquí así aunque años bien cada casa como con cosa cuando cómo de del desde después dice donde "
    "dos día ella ellas ellos en entonces entre era eran eres es esa ese eso esta estaba estar este esto estos "
    "está están fue ha había hace hacer hasta hay la las le les lo los mi mientras mis mucho muy más nada ni nos "
    "nosotros nuestra nuestro nunca o otra otro para pero poco por porque qué que quien se ser si siempre sin "
    "sobre solo son soy su sus sí también tan tanto te tiene tienen toda todo todos tu tú un una uno usted vez "
    "vida ya yo y él",
    "it": "ai al alla alle anche ancora anni aveva avere c che chi ci ciò col come con cosa così cui da dai dal dalla "
    "degli dei del della delle dello di dice dopo dove due e ed era erano essere fa fare fino fra fu gli ha hanno "
    "ho i il io l la le lei li lo loro lui ma mai me mi mia mio molto ne negli nei nel nella nelle no noi non "
    "nostra nostro nulla o ogni per perché però più poi prima può qualche quando quella quello questa questo qui "
    "quindi se sei sempre senza si sia solo sono sotto stata stato su sua sue sugli sul sulla suo suoi tra troppo "
    "tu tutta tutti tutto un una uno va vi voi volta è",
    "pt": "ainda ao aos até aqui às com como da das de dela dele depois desde dia diz do dos duas e ela elas ele eles "
    "em entre era eram essa esse esta estar estava este eu faz fazer foi foram há isso isto já lá lhe mais mas me "
    "mesmo meu minha muito na nada nas nem no nos nossa nosso num numa nunca não nós o onde os ou outra outro "
    "para pela pelo pode por porque pouco quando que quem se sem sempre ser seu seus sobre sua suas são só também "
    "tanto te tem tinha toda todo todos tudo tão um uma umas uns vai vez vida você vocês à é",
    "de": "aber alle als am ans auch auf aus bei beim bin bis bist da dann das dass dein dem den denn der des dich die "
    "dies diese dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch für ganz "
    "gegen haben habe hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren im immer ist ja jede jeder "
    "jetzt kann kein keine können machen man mehr mein meine mich mir mit muss nach nicht nichts nie noch nun nur "
    "ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind über um und uns unser unter viel "
    "vom von vor wann warum weil weiß wenn wer werden wie wieder will wir wird wo wurde wurden zu zum zur zwei "
    "zwischen",
}
WORDS = {code: frozenset(words.split()) - ENGLISH for code, words in LITTLE.items()}
# In names of people and places these are at home in English too.
IN_NAMES = frozenset("da das de del della den der des di do dos du e el i il la las le les los von y zu".split())
# Measured on prose in each language: its little words are 35 to 55 of a hundred words, another's seldom over 20.
MANY = 0.2
BLOCKS = frozenset("p h2 h3 li blockquote summary cite figcaption caption th td".split())


def language_of(text: str) -> str:
    """The code in NAMES of the language that a text is plainly in; "" for English, for a short one, and in doubt."""
    return by_letters(text) or by_little_words(text)


def by_letters(text: str) -> str:
    letters = sum(map(str.isalpha, text))
    for code, (pattern, least) in LETTERS.items():
        found = len(pattern.findall(text))
        if found >= least and found * 2 > letters:
            return "ja" if code == "zh" and KANA.search(text) else code
    return ""


def by_little_words(text: str) -> str:
    """By words in small letters alone: those in capitals are names and titles."""
    words = WORD.findall(text)
    if len(words) < SHORTEST:
        return ""
    counts = {code: sum(word in known for word in words) for code, known in WORDS.items()}
    code = max(counts, key=counts.__getitem__)
    english = sum(word in ENGLISH for word in words)
    is_more_than_names = len(WORDS[code].intersection(words) - IN_NAMES) > 2
    return code if is_more_than_names and counts[code] >= MANY * len(words) and counts[code] > 2 * english else ""


def unmarked(body: str) -> Iterator[tuple[str, str]]:
    """Each paragraph, quote or item of a cleaned body that is plainly in another language: the code, and its words.

    What is marked as a passage of another language does not count.
    """
    reader = _Paragraphs()
    reader.feed(body)
    reader.close()
    reader.end()
    for text in reader.found:
        if code := language_of(text):
            yield code, " ".join(text.split())


class _Paragraphs(HTMLParser):
    """The text of each block of a cleaned body, without its marked passages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.text: list[str] = []
        self.marked = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marked += tag == "span"
        if tag in BLOCKS:
            self.end()
        elif tag == "br":
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.marked -= tag == "span"
        if tag in BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self.marked:
            self.text.append(data)

    def end(self) -> None:
        text, self.text = "".join(self.text), []
        if text.strip():
            self.found.append(text)
