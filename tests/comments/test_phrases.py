"""The list of phrases: a corpus of disguises that are seen through, and of words in which nothing is to be found."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import moderation, phrasing, rewording
from comments.looking import look_at
from comments.models import Comment, Phrase, PhraseChange
from comments.posting import Words
from comments.screening import Look, compiled, key_of, screen
from comments.screening.phrases import MOST_HITS, MOST_WORDS
from comments.screening.words import fold, read
from comments.trust import Past
from tests.factories import (
    edith,
    list_phrases,
    make_comment,
    make_edition,
    make_topic,
    mo,
    ravi,
    rory,
    rosa,
)

LIST = [
    ("banned", "viagra"),
    ("banned", "bludge"),
    ("banned", "kill"),
    ("banned", "ass"),
    ("banned", "asshat"),
    ("banned", "slit"),
    ("banned", "порно"),
    ("banned", "杀人"),
    ("banned", "हत्या"),
    ("banned", "1488"),
    ("suspect", "casino bonus"),
    ("threat", "kill you"),
]
PHRASES = compiled(LIST, version=7)


def found(text: str, *names: str) -> list[tuple[str, str]]:
    """The phrases in a text, each with the words that it was found in."""
    reading = read(text)
    hits = PHRASES.find(reading, compiled(("", name) for name in names).find(reading))
    return [(hit.entry.text, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        # Case, accents, styles of letters.
        ("VIAGRA", "viagra"),
        ("Víãgrà", "viagra"),
        ("ｖｉａｇｒａ", "viagra"),
        ("𝓿𝓲𝓪𝓰𝓻𝓪", "viagra"),
        ("ⓥⓘⓐⓖⓡⓐ", "viagra"),
        ("ᴠɪᴀɢʀᴀ", "viagra"),
        # Letters of other scripts, and a capital I for an l.
        ("vіаgrа", "viagra"),
        ("νιаgrа", "viagra"),
        ("KiII", "kill"),
        # What nobody sees, and marks in heaps.
        ("via\u200dgra", "viagra"),
        ("v\u200bi\u00adag\u2060r\u202ea", "viagra"),
        ("v\u0336\u0315i\u0344\u0300\u0301a\u0302gra", "viagra"),
        # Digits and signs for letters.
        ("v1agra", "viagra"),
        ("V14GR4", "viagra"),
        ("k!ll", "kill"),
        ("ki!!", "kill"),
        ("a$$", "ass"),
        ("@$$h@t", "asshat"),
        # Taken apart.
        ("v.i.a.g.r.a", "viagra"),
        ("v i a g r a", "viagra"),
        ("v * i * a * g * r * a", "viagra"),
        ("v-i-a-g-r-a", "viagra"),
        ("v_i_a_g_r_a", "viagra"),
        ("v. i. a. g. r. a.", "viagra"),
        ("vi-agra", "viagra"),
        ("u r a b l u d g e", "bludge"),
        # Stretched.
        ("bluuuudge", "bludge"),
        ("BBBLLLUUUDDDGGGEEE", "bludge"),
        ("assss", "ass"),
        ("k1lllll", "kill"),
        ("kiill", "kill"),
        ("aass", "ass"),
        # Letters hidden.
        ("k*ll", "kill"),
        ("**k#ll**", "kill"),
        ("K**L", "kill"),
        ("v*agra", "viagra"),
        ("v**gra", "viagra"),
        ("vi%gra", "viagra"),
        ("v*#%*a!", "viagra"),
        ("п*рно", "порно"),
        # Among signs and marks.
        ("**kill**", "kill"),
        ("||kill||", "kill"),
        ("_kill_", "kill"),
        ("(ass)", "ass"),
        ("kill!yes", "kill"),
        ("“Kill”, he said", "kill"),
        # Several words, whatever stands between.
        ("casino\nBONUS", "casino bonus"),
        ("cas1no – b0nus", "casino bonus"),
        # Other scripts.
        ("ПОРНО", "порно"),
        ("我要杀人了", "杀人"),
        ("हत्या", "हत्या"),
        ("14/88 no, 1488", "1488"),
    ],
)
def test_it_is_found_through_every_disguise(text, phrase):
    assert phrase in [name for name, _ in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "class assassin embarrass Scunthorpe passage bass",
        "skill skilled overkill killer kills",
        "as is, as it was; a s",
        "silt in the river",  # The same letters as drawn: l for i, i for l.
        "AAAS and aaas",
        "k*l and k***ll, k*rl and a*s*t, 3*4",
        "14 of 88 in 1588",
        "casino and bonus",
        "a bonus casino",
        "casino",
        "I a m",
        "हत्यारा",
        "3.5 of 10, 7$",
        "",
        " \n ",
        "\u0301\u0302",
    ],
)
def test_nothing_is_found_where_nothing_is(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("I loved Kill Bill", ["Kill Bill"], []),
        ("I loved KILL  bill!", ["Kill Bill"], []),
        ("Kill Bill, and kill him", ["Kill Bill"], ["kill"]),
        ("Kill Bill", [], ["Kill"]),
        ("Kill", ["Kill Bill"], ["Kill"]),
        ("I kill you in Kill Bill", ["Kill Bill"], ["kill", "kill you"]),
        ("ass and Kick-Ass", ["Kick-Ass"], ["ass"]),
        ("ass", ["Ass"], []),
        ("Viagra Falls, Kill Bill", ["Kill Bill", "Viagra Falls"], []),
    ],
)
def test_a_name_of_the_story_is_no_hit_and_all_else_is(text, names, left):
    assert [words for _, words in found(text, *names)] == left


def test_a_hit_says_where_it_stands_in_the_text_as_typed():
    text = "So: v\u200dі\u0301аgrа, k.i.l.l you"
    assert found(text) == [("viagra", "v\u200dі\u0301аgrа"), ("kill", "k.i.l.l")]


TEXT = st.text(st.sampled_from("aкkiIl1!.- \u0301\u200dßﬃﷺ杀人ह्"), max_size=40)


@given(TEXT)
def test_every_word_is_somewhere_in_the_text(text):
    folded, places = fold(text)
    assert len(places) == len(folded) + 1
    reading = read(text)
    for word in (*reading.words, *reading.joined):
        assert 0 <= word.start < word.end <= len(text)
        assert word.plain


@given(TEXT)
def test_a_phrase_is_found_in_itself(text):
    if key_of("banned", text):
        assert compiled([("banned", text)]).find(read(text))


class Counting(dict):
    """A dictionary that counts how often it is asked."""

    asked = 0

    def get(self, *args):
        self.asked += 1
        return super().get(*args)


@pytest.mark.parametrize("piece", ["word ", "a ", "a-", "a.b ", "$a ", "ass ", "x!", "ﷺ", "a\u0301"])
def test_the_work_grows_with_the_text_and_not_with_the_list(piece):
    long = compiled([*LIST, *(("banned", f"a phrase of number {number}") for number in range(500))])
    asked = []
    for phrases in (PHRASES, long):
        for length in (1_000, 2_000):
            entries = Counting(phrases.entries)
            type(phrases)(0, entries, phrases.lengths).find(read((piece * length)[:length]))
            asked.append(entries.asked)
    assert asked[1] <= 2 * asked[0] + 10
    assert asked[3] <= 2 * asked[2] + 10
    assert asked[3] <= MOST_WORDS * 2_000


def test_of_a_text_full_of_hits_some_are_kept_and_none_hides_what_is_worse():
    assert len(PHRASES.find(read("ass " * 1_000))) == MOST_HITS
    both = compiled([("suspect", "ferry"), ("threat", "i will sink you")])
    assert both.find(read("ferry " * 700 + "I will sink you"))[-1].entry.kind == "threat"


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("banned", "  Käse  BROT ", "kase brot"),
        ("banned", "!!!", ""),
        ("banned", "one two three four five six seven eight nine", ""),
        ("site", "https://www.Spam.Example/", "spam.example"),
        ("site", "spam.example", "spam.example"),
        ("site", "no site", ""),
        ("site", "localhost", ""),
    ],
)
def test_what_a_phrase_is_known_by(kind, text, key):
    assert key_of(kind, text) == key


# --- The verdict -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "state", "is_flagged", "severity", "rules"),
    [
        ("Nothing at all", "shown", False, 0, []),
        ("A c4sino bonus", "shown", True, 1, ["suspect"]),
        ("v1agra", "held", False, 2, ["banned"]),
        ("I will kill you for a casino bonus", "held", False, 3, ["threat", "banned", "suspect"]),
    ],
)
def test_what_becomes_of_it(body, state, is_flagged, severity, rules):
    verdict = screen(Look(body, past=Past(shown=5), phrases=PHRASES))
    assert (verdict.state, verdict.is_flagged, verdict.severity) == (state, is_flagged, severity)
    assert [signal.rule for signal in verdict.signals] == rules
    assert {signal.version for signal in verdict.signals} <= {7}
    assert all(signal.sentence for signal in verdict.signals if signal.rule != "suspect")


def test_the_moderator_is_told_the_words_and_what_they_are_taken_for():
    look = Look("Via v1agra, viagra, viagra", past=Past(shown=5), phrases=PHRASES)
    [signal] = screen(look).signals
    assert signal.plainly == "on the list (banned): “v1agra” for “viagra”, “viagra”"
    assert [look.body[start:end] for start, end in signal.matched] == ["v1agra", "viagra", "viagra"]


@pytest.mark.django_db
def test_a_comment_is_held_for_what_is_on_the_list_and_a_name_of_the_story_is_not():
    list_phrases("kill")
    edition = make_edition(topics=(make_topic("Kill Bill").pk,))
    assert make_comment(edition, by=ravi(), body="Kill Bill is fine").state == "shown"
    held = make_comment(edition, by=ravi(), body="Bill, kill it")
    assert (held.state, held.severity) == ("held", 2)
    assert "some of its words" in held.held_for
    assert make_comment(make_edition(), by=ravi(), body="Kill Bill is fine").state == "held"
    assert make_comment(edition, by=mo(), body="Bill, kill it").state == "shown"


@pytest.mark.django_db
def test_words_that_are_changed_meet_the_list_as_well():
    list_phrases("kill")
    list_phrases("casino bonus", kind="suspect")
    edition = make_edition()
    comment = make_comment(edition, by=ravi(), body="Fine")
    comment = rewording.edit(comment, Words("A casino bonus"), version=comment.version, by=ravi())
    assert (comment.state, comment.is_flagged) == ("shown", True)
    assert list(Comment.objects.flagged()) == [comment]
    moderation.keep(comment, version=comment.version, by=mo())
    comment.refresh_from_db()
    comment = rewording.edit(comment, Words("K1ll"), version=comment.version, by=ravi())
    assert (comment.state, comment.is_flagged) == ("held", False)
    assert not Comment.objects.flagged().exists()


# --- The list --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_change_is_a_version_and_is_met_at_once():
    assert phrasing.current().version == 0
    one = list_phrases("kill", "viagra")
    assert (one.version, one.by, one.added) == (1, mo(), [["banned", "kill"], ["banned", "viagra"]])
    assert phrasing.current().version == 1
    gone = Phrase.objects.get(text="kill")
    two = phrasing.change(remove=[gone], by=edith())
    assert (two.version, two.removed) == (2, [["banned", "kill"]])
    assert not phrasing.current().find(read("kill"))
    assert phrasing.current().find(read("viagra"))


@pytest.mark.django_db
def test_what_is_on_the_list_is_not_put_on_it_again():
    list_phrases("Kill")
    assert list_phrases("k1ll").added == [["banned", "k1ll"]]
    assert list_phrases("KÍLL", "kill") is None
    assert list_phrases("!!!") is None
    assert PhraseChange.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("times", "version"), [(1, 1), (2, 1), (3, None)])
def test_who_comes_second_takes_the_next_version(monkeypatch, times, version):
    said, overtaken = phrasing.said, iter(range(times))

    def overtake(phrases):
        if next(overtaken, None) is not None:
            PhraseChange.objects.get_or_create(version=1, defaults={"at": timezone.now()})
        return said(phrases)

    monkeypatch.setattr(phrasing, "said", overtake)
    add = [Phrase(text="kill", kind="banned")]
    if version:
        # Said twice in each attempt: what is added, what is removed.
        assert phrasing.change(add=add, by=mo()).version == version
    else:
        monkeypatch.setattr(phrasing, "ATTEMPTS", 2)
        with pytest.raises(phrasing.Overlapped):
            phrasing.change(add=add, by=mo())


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "may"), [(rosa, False), (rory, False), (edith, True), (mo, True)])
def test_who_may_change_the_list(person, may):
    def act():
        return phrasing.change(add=[Phrase(text="kill", kind="banned")], by=person())

    if may:
        assert act().version == 1
    else:
        with pytest.raises(phrasing.PermissionDenied):
            act()


@pytest.mark.django_db
def test_looking_takes_the_same_queries_whatever_is_on_the_list(django_assert_num_queries):
    person, editions = ravi(), [make_edition(topics=topics_of(number)) for number in (1, 5)]
    for edition, phrases in zip(editions, (1, 100), strict=True):
        list_phrases(*(f"phrase {number} of {phrases}" for number in range(phrases)))
        look_at(edition.article.discussion_row, person, "Hello")
        with django_assert_num_queries(5):
            look_at(edition.article.discussion_row, person, "Hello")


def topics_of(number: int) -> tuple[int, ...]:
    return tuple(make_topic(f"Topic {place} of {number}").pk for place in range(number))
