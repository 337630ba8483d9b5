"""What differs: every text can be put together again from the pieces, every field is compared, and it is quick."""

import random
import time
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.lines import Line, lines_of
from articles.diff import Gap, Kind, Names, Piece, Purse, compare, compare_lines, compare_words, folded
from articles.draft import BylinePart, Draft

NAMES = Names(section={1: "TV", 2: "Film"}, topics={3: "Ferries"}, bylines={4: "Rory Quill"}, images={5: "A still"})
WORDS = st.lists(st.sampled_from("the a ferry quay, storm. ’tis no-one \n  é 漢 <b> &".split(" ")), max_size=30).map(
    " ".join
)
TEXT = WORDS | st.text(max_size=60)
LINES = st.lists(st.builds(Line, TEXT, st.sampled_from(["", "Heading 2", "Item"])), max_size=8)


def old_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != Kind.INSERTED)


def new_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != Kind.DELETED)


def drawn(old: str, new: str) -> str:
    """The comparison in signs: -out- +in+."""
    sign = {Kind.KEPT: "", Kind.DELETED: "-", Kind.INSERTED: "+"}
    return "".join(f"{sign[piece.kind]}{piece.text}{sign[piece.kind]}" for piece in compare_words(old, new))


@given(TEXT, TEXT)
def test_the_pieces_give_both_texts_back(old, new):
    pieces = compare_words(old, new)
    assert old_of(pieces) == old
    assert new_of(pieces) == new
    assert all(piece.text for piece in pieces)


@given(TEXT, TEXT, st.integers(min_value=0, max_value=50))
def test_the_pieces_give_both_texts_back_when_the_purse_is_small(old, new, steps):
    pieces = compare_words(old, new, Purse(steps))
    assert (old_of(pieces), new_of(pieces)) == (old, new)


@given(LINES, LINES, st.booleans(), st.integers(min_value=0, max_value=5000))
def test_the_lines_give_both_bodies_back(old, new, within, steps):
    changes = list(compare_lines(old, new, Purse(steps), within=within))
    assert [old_of(change.pieces) for change in changes if change.kind != Kind.INSERTED] == [line.text for line in old]
    assert [new_of(change.pieces) for change in changes if change.kind != Kind.DELETED] == [line.text for line in new]


@given(LINES, LINES)
def test_folding_hides_only_what_did_not_change(old, new):
    changes = list(compare_lines(old, new, Purse(), within=True))
    shown = list(folded(changes))
    gaps = sum(item.count for item in shown if isinstance(item, Gap))
    assert gaps + sum(not isinstance(item, Gap) for item in shown) == len(changes)
    assert [item for item in shown if item.kind not in {"gap", Kind.KEPT}] == [
        change for change in changes if change.kind != Kind.KEPT
    ]


@pytest.mark.parametrize(
    ("old", "new", "signs"),
    [
        ("The ferry is late", "The ferry was late", "The ferry -is-+was+ late"),
        ("The old quick ferry", "The new slow ferry", "The -old quick-+new slow+ ferry"),
        ("A storm.", "A storm!", "A storm-.-+!+"),
        ("No-one’s ferry", "Nobody’s ferry", "-No-one’s-+Nobody’s+ ferry"),
        ("", "All new", "+All new+"),
        ("Gone", "", "-Gone-"),
        ("Same", "Same", "Same"),
    ],
)
def test_words_are_compared_as_words(old, new, signs):
    assert drawn(old, new) == signs


def test_a_body_is_read_paragraph_by_paragraph_with_what_shows_in_it():
    body = (
        '<p>One <strong>bold</strong> <a href="/tv/">link</a></p><h2>A head</h2><ul><li>First</li></ul>'
        "<ol><li>Second</li></ol><blockquote><p>Said</p></blockquote><p>Two<br>lines</p>"
    )
    assert lines_of(body) == (
        Line("One **bold** link [/tv/]"),
        Line("A head", "Heading 2"),
        Line("First", "Item"),
        Line("Second", "Numbered item"),
        Line("Said", "Quote"),
        Line("Two\nlines"),
    )


def test_words_of_another_language_are_read_with_its_name():
    assert lines_of('<p>She said <span lang="fr" dir="ltr">à <em>demain</em></span>.</p>') == (
        Line("She said [fr: à _demain_]."),
    )


def test_what_stands_between_paragraphs_is_read_as_what_it_is():
    body = (
        '<aside class="pull-quote"><p>It rained.</p><cite>Bex</cite></aside>'
        '<aside class="fact-box"><p>Sunday</p></aside>'
        '<details class="spoiler"><summary>The end</summary><p>She stays.</p></details><div data-gallery="1,2"></div>'
        '<figure data-image="12"><figcaption>Dusk</figcaption></figure><div data-story="34"></div>'
        '<figure data-embed="https://youtu.be/abc"></figure><table><caption>Ferries</caption><thead><tr>'
        '<th scope="col">Name</th><th scope="col">Year</th></tr></thead>'
        '<tbody><tr><td colspan="2">Otter</td></tr></tbody></table>'
    )
    assert [(line.mark, line.text) for line in lines_of(body)] == [
        ("Pull quote", "It rained."),
        ("Who said it", "Bex"),
        ("Fact box", "Sunday"),
        ("Spoiler, label", "The end"),
        ("Spoiler", "She stays."),
        ("Gallery", "1,2"),
        ("Picture", "12"),
        ("Caption", "Dusk"),
        ("Related story", "34"),
        ("Embed", "https://youtu.be/abc"),
        ("Table, title", "Ferries"),
        ("Table, row", "(header) Name | (header) Year"),
        ("Table, row", "colspan: 2 Otter"),
    ]


def test_an_element_of_a_later_release_is_seen_all_the_same():
    changes = compare(Draft(body='<aside data-map="1"></aside>'), Draft(body='<aside data-map="2"></aside>'), NAMES)
    assert "data-map" in changes[0].lines[0].pieces[0].text
    assert changes[0].lines[0].marks[0].text == "Aside"


@given(st.text(max_size=200))
def test_any_body_can_be_read(body):
    assert all(line.text for line in lines_of(body))


def test_a_rewritten_paragraph_is_matched_with_what_it_was():
    old = Draft(body="<p>First here.</p><p>The ferry came in late at night.</p><p>Last.</p>")
    new = Draft(
        body="<p>First here.</p><p>Quite another start.</p><p>The ferry came in early at night.</p><p>Last.</p>"
    )
    lines = compare(old, new, NAMES)[0].lines
    assert [line.kind for line in lines] == [Kind.KEPT, Kind.INSERTED, Kind.CHANGED, Kind.KEPT]
    assert [piece.text for piece in lines[2].pieces if piece.kind != Kind.KEPT] == ["late", "early"]


def test_a_paragraph_that_becomes_a_heading_says_so():
    change = compare(Draft(body="<p>Casting</p>"), Draft(body="<h2>Casting</h2>"), NAMES)[0].lines[0]
    assert [(piece.kind, piece.text) for piece in change.marks] == [
        (Kind.DELETED, "Paragraph"),
        (Kind.INSERTED, "Heading 2"),
    ]


def test_long_stretches_without_a_change_become_a_gap():
    paragraphs = [f"<p>Paragraph number {number} as it was.</p>" for number in range(20)]
    new = [*paragraphs[:10], "<p>Something else entirely</p>", *paragraphs[10:]]
    lines = compare(Draft(body="".join(paragraphs)), Draft(body="".join(new)), NAMES)[0].lines
    assert [line.count if isinstance(line, Gap) else line.kind for line in lines] == [9, "kept", "inserted", "kept", 9]


def test_every_field_is_compared_and_named():
    new = Draft(
        headline="Head",
        dek="Dek",
        slug="slug",
        body="<p>Body</p>",
        section=1,
        topics=(3, 99),
        bylines=(BylinePart(4, "pictures"),),
        lead_image=5,
        trailer_url="https://example.com/t",
        prompt="And you?",
        answers="Yes\nNo",
        discussion="closed",
        canonical_url="https://example.com/c",
        sponsor="Ferries Ltd",
        printed_at=datetime(2020, 5, 1, 12, tzinfo=UTC),
        spoiler="ending",
        spoiler_scope="Season 2",
        safe_headline="What happened",
        safe_image=5,
        search_title="Found",
        search_description="Found and read",
        social_title="Shared",
        social_description="Shared and read",
    )
    changes = {change.name: change for change in compare(Draft(), new, NAMES)}
    assert set(changes) == {field.name for field in fields(Draft)}
    texts = {
        name: " / ".join(new_of(line.pieces) for line in change.lines if line.kind != Kind.DELETED)
        for name, change in changes.items()
    }
    assert texts["section"] == "TV"
    assert texts["topics"] == "Ferries / no longer there (number 99)"
    assert texts["bylines"] == "Rory Quill (pictures)"
    assert texts["lead_image"] == texts["safe_image"] == "A still"
    assert texts["spoiler"] == "How it ends"
    assert texts["discussion"] == "Closed: no new comments"
    assert texts["printed_at"].startswith("2020-05-01")
    assert changes["slug"].label == "Address"


def test_the_order_of_names_is_a_difference_too():
    old = Draft(bylines=(BylinePart(4), BylinePart(6)))
    changes = compare(old, replace(old, bylines=old.bylines[::-1]), NAMES)
    assert [change.name for change in changes] == ["bylines"]
    assert changes[0].lines


def test_markup_that_does_not_show_is_no_silent_difference():
    changes = compare(Draft(body="<p>Same</p>"), Draft(body="<p>Same </p>"), NAMES)
    assert "Only its markup" in changes[0].lines[0].pieces[0].text


def test_equal_drafts_have_no_changes():
    assert compare(Draft(headline="Same"), Draft(headline="Same"), NAMES) == ()


# --- What it costs -----------------------------------------------------------------------------------

CHANCE = random.Random(11)


def paragraphs(count: int, words: int, vocabulary: int) -> list[str]:
    return ["<p>" + " ".join(f"w{CHANCE.randrange(vocabulary)}" for _ in range(words)) + "</p>" for _ in range(count)]


LONG = paragraphs(3900, 40, 5000)
HARD = {
    "one paragraph of a megabyte": (paragraphs(1, 150_000, 50), paragraphs(1, 150_000, 50)),
    "a change in each of four thousand paragraphs": (LONG, [line.replace("w1", "w2") for line in LONG]),
    "four thousand paragraphs in another order": (LONG, CHANCE.sample(LONG, len(LONG))),
    "hundreds of short lines, all much the same": (paragraphs(1300, 1, 20), paragraphs(1300, 1, 20)),
    "a hundred paragraphs of few words": (paragraphs(100, 95, 80), paragraphs(100, 95, 80)),
}


@pytest.mark.parametrize("name", HARD)
def test_the_hardest_bodies_take_about_a_second(name):
    old, new = ("".join(lines) for lines in HARD[name])
    started = time.process_time()
    compare(Draft(body=old), Draft(body=new), NAMES)
    assert time.process_time() - started < 2.5  # seconds of the processor; about one where nothing else runs
