"""The words of a filled paper: names, headlines, sentences and remarks, put together by chance. Pure; all are ours.

`Chance` is a `random.Random`: the same seed gives the same words.
"""

from collections.abc import Iterator, Sequence
from random import Random as Chance

SECTIONS = {
    "tv": "TV",
    "film": "Film",
    "music": "Music",
    "games": "Games",
    "books": "Books",
    "stage": "Stage",
    "comics": "Comics",
    "radio": "Radio",
}
FIRST = """Ada Basil Cora Denzil Edda Fergus Gwen Hamish Iona Jasper Keziah Lorcan Mabel Niall Orla Piers Quilla Rufus
    Senga Tobias Una Vaughan Wilma Yorick Zelda Anselm Bryony Caspian Delphine Elspeth""".split()
# Put together they are names that no word of a story is like: “Tarnwick”, “Ostrabel”.
BEGINNINGS = """Tarn Ostra Bell Corri Dray Esk Fenn Garra Holm Inver Jarro Kest Lund Marra Nether Orme Pella Quern Rud
    Sella Thrax Ulver Vell Wexa Yarro Zenn Abber Brock Calla Dorn""".split()
MIDDLES = "a en or il um ath ek is ov ar".split()
ENDINGS = "wick bel ford mere ton dale rin vane lock ness den gate holt by thorpe stead low combe".split()
NOUNS = """Lantern Harbour Understudy Orchard Signal Parish Tides Ledger Balcony Ferry Sisters Lighthouse Foundry Winter
    Chorus Cartographers Engine Garden Interval Post""".split()
HEADLINES = (
    "{topic} is renewed for another year",
    "{topic}: the review",
    "What {topic} gets right about waiting",
    "{topic} loses its second lead",
    "First look at {topic}",
    "{topic} moves to Sunday nights",
    "The music of {topic}, track by track",
    "{person} talks about {topic}",
    "Why {topic} ends where it does",
    "{topic} and {other} share a studio at last",
    "{person} leaves {topic}",
    "In praise of the quiet half of {topic}",
    "Seven questions {topic} has still to answer",
    "{topic} returns, shorter and better",
    "How {topic} was made in nineteen days",
    "{topic} is not the next {other}",
    "A day on the set of {topic}",
    "{person} to write the end of {topic}",
    "{topic} sells out in an hour",
    "The mistake at the heart of {topic}",
)
DEKS = (
    "{person} says the plan was older than anybody thought.",
    "A small change, with more behind it than the announcement tells.",
    "It was meant to be over by now. It has hardly begun.",
    "Nobody on the crew expected {topic} to last this long.",
    "We watched all of it, twice, and have notes.",
    "The studio is pleased; its audience has questions.",
    "Two endings were filmed, and only one of them is any good.",
    "{person} on luck, weather and a borrowed camera.",
    "What is known so far, and what is only hoped.",
    "There is a better version of {topic} inside this one.",
)
LEADS = (
    "{topic} has a way of being late to its own party, and {person} would not have it otherwise.",
    "When {person} first read for {topic}, there were eleven pages and no ending.",
    "On Tuesday morning the people behind {topic} put an end to a month of guessing.",
    "It took one phone call from {person} to turn {topic} into something else altogether.",
    "Nobody who saw {topic} in its first week will forget how little there was to see.",
)
SENTENCES = (
    "The first hour asks for patience, and pays it back with interest in the second.",
    "{person}, who joined late, says the room was colder than the story.",
    "There were {number} drafts of that scene before anybody laughed.",
    "What looks like an accident on screen was rehearsed for the better part of a week.",
    "The camera stays where it is, and for once that is the brave choice.",
    "Half of the budget went into a staircase that is seen for {number} seconds.",
    "It is hard to say who the series is for, and harder to stop watching it.",
    "The people who made it talk about the weather more than about each other.",
    "A producer in {place} remembers a summer of rewriting in a kitchen.",
    "None of this would matter if the songs were not so good.",
    "The dialogue has the shape of talk that has been overheard, not written.",
    "By the time the lights come up the town of {place} has become a character of its own.",
    "Critics were kind, audiences kinder, and the accountants kindest of all.",
    "{person} calls it a film about doors, and there are indeed {number} of them.",
    "The score does a good deal of the work, and knows when to leave.",
    "What was cut will be seen next year, in a version that is longer and no slower.",
    "For a long while nothing happens, and then everything has happened already.",
    "The costumes come from a theatre in {place} that closed in the spring.",
    "It helps to have seen the first series, though the third hardly remembers it.",
    "Every joke is told twice, once for the people in it and once for us.",
    "The last act has been argued over since it was shown to a test audience in {place}.",
    "Asked about it, {person} shrugged and talked about lenses for {number} minutes.",
    "The publisher has printed {number} thousand copies, which is either modest or mad.",
    "A game about queueing should not be this tense, and yet.",
    "You can hear the building settle between the verses.",
    "The crew slept in the school and filmed in the street outside it.",
    "If there is a weakness it is the villain, who is only ever tired.",
    "What the trailer hides is how gentle all of it is.",
    "Somebody in the writing room must have worked on a ferry.",
    "The rights were bought for less than the poster cost.",
    "{person} has kept the notebook, which is mostly train times.",
    "There is a long take in a corridor that people will be copying for years.",
    "The ending is the one everybody guessed, and it works all the same.",
    "On the night, the understudy knew the part better than anybody on the stage.",
    "The sound of the harbour at {place} was recorded over {number} evenings.",
    "It began as a radio play, and the best of it still sounds like one.",
    "Readers of the book will miss the aunt; nobody else will.",
    "The studio did not want to say how much it cost, and then did.",
    "There are worse things to be than the second-best musical of the year.",
    "The set was built to be taken apart, and was, in front of the cast.",
)
SUBHEADS = (
    "What happens now",
    "The long way round",
    "A kitchen in the rain",
    "Who was in the room",
    "The trouble with endings",
    "On the second viewing",
    "What it costs",
    "After the interval",
    "The sound of it",
)
QUOTES = (
    "We never thought of it as a sequel. We thought of it as an apology.",
    "You learn more from one bad preview than from a year of good ones.",
    "I asked for a smaller part and was given a longer one.",
    "The audience is always ahead of you. The trick is not to hurry.",
    "There was no plan. There was a van, and a list of things it could not carry.",
    "If it rains in the story, it has to rain on somebody.",
)
REMARKS = (
    "I saw this on the first night and the room was half empty.",
    "The second half is where it comes alive for me.",
    "Not sure I agree about the music, it felt tacked on.",
    "My sister worked on this and says the staircase is real.",
    "Does anybody know whether the book is back in print?",
    "Third time I have watched it and I still do not get the aunt.",
    "This is the review I was hoping for.",
    "They should have stopped after the first series.",
    "The long take in the corridor is worth the ticket alone.",
    "We had to turn the subtitles on for half of it.",
    "Good piece, but you missed the best scene.",
    "Is it me or has the weather in it been the same for three episodes?",
    "I would watch an entire film about the ferry.",
    "Better than the last one, and I liked the last one.",
    "Somebody please give the sound department a prize.",
    "I fell asleep twice and still cried at the end.",
    "Why does nobody in this ever close a door?",
    "The trailer gave too much away, as always.",
    "It is a *lovely* piece of work, all of it.",
    "**Do not** read the reviews before you go.",
    "I grew up near where they filmed this, and the pub is exactly like that.",
    "Ten minutes too long and I did not mind at all.",
    "Count me among those who guessed the ending.",
    "It sounds better on the radio, honestly.",
    "The understudy was superb on Thursday.",
    "What a strange, patient thing to put on a Sunday night.",
    "> You learn more from one bad preview\n\nThat line alone made me read on.",
    "||The lighthouse keeper is her brother||, which I did not see coming.",
    "Has anyone tried the game? Same people, as far as I know.",
    "More of this and less of the award season, please.",
)


def coined(number: int) -> str:
    """The name with this number, of the 5,400 that can be made; after that they come again with a number."""
    again, number = divmod(number, len(BEGINNINGS) * len(MIDDLES) * len(ENDINGS))
    number, ending = divmod(number, len(ENDINGS))
    number, middle = divmod(number, len(MIDDLES))
    name = f"{BEGINNINGS[number]}{MIDDLES[middle]}{ENDINGS[ending]}"
    return f"{name} {again + 1}" if again else name


def topic_name(number: int) -> str:
    """The names of topics: any two next to each other differ in all their words."""
    return f"{coined(number * 7 % 5400 + number // 5400 * 5400)} {NOUNS[number % len(NOUNS)]}"


def person_name(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {coined(number * 11 % 5400 + number // 5400 * 5400)}"


def sentence(chance: Chance) -> str:
    place = coined(chance.randrange(400))
    return chance.choice(SENTENCES).format(
        person=person_name(chance.randrange(200)), place=place, number=chance.randrange(3, 90)
    )


def paragraphs(chance: Chance, *, words: int) -> Iterator[str]:
    """Paragraphs of three to six sentences, until there are so many words."""
    while words > 0:
        text = " ".join(sentence(chance) for _ in range(chance.randrange(3, 7)))
        words -= len(text.split())
        yield text


def body(chance: Chance, *, words: int) -> str:
    """A story's body of about so many words as an editor would leave it: subheads, a quote and a list in it."""
    blocks = [f"<p>{text}</p>" for text in paragraphs(chance, words=words)]
    quote = f"<blockquote><p>{chance.choice(QUOTES)}</p></blockquote>"
    items = "".join(f"<li>{sentence(chance)}</li>" for _ in range(3))
    blocks.insert(len(blocks) // 3, quote)
    blocks.insert(2 * len(blocks) // 3, f"<ul>{items}</ul>")
    for place, subhead in zip(range(3, len(blocks), 4), chance.sample(SUBHEADS, len(SUBHEADS)), strict=False):
        blocks.insert(place, f"<h2>{subhead}</h2>")
    return "".join(blocks)


def remark(chance: Chance) -> str:
    """A comment of one to four of the remarks."""
    return "\n\n".join(chance.sample(REMARKS, chance.choice((1, 1, 2, 2, 3, 4))))


def skewed(chance: Chance, number: int, *, head: int = 10) -> int:
    """One of so many, the first far more often than the last (by Zipf's law, but for the first few: `head`)."""
    return int(head * ((number + head) / head) ** chance.random()) - head


def pick(chance: Chance, rows: Sequence[int], most: int) -> tuple[int, ...]:
    """One to so many of the rows, none twice, the first ones most often."""
    wanted = chance.randrange(1, most + 1)
    return tuple(dict.fromkeys(rows[skewed(chance, len(rows))] for _ in range(wanted)))
