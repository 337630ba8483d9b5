"""What a reader typed, taken apart; words as they are compared; and the words marked in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines import ENGINES
from articles.search.marking import SNIPPET, Seeker, are_kin
from articles.search.wanted import FACETS, Wanted
from articles.search.words import LONGEST_QUERY, MOST_WORDS, Term, fold, parse, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("STRASSE Straße", "strasse strasse"),
        ("Œuvre, Ærø, Łódź", "oeuvre aero lodz"),
        ("Mädchen über façade", "madchen uber facade"),
        ("Spider-Man’s S2E8", "spider man s s2e8"),
        ("שלום عربي 漢字", "שלום عربي 漢字"),
        ("🦀 _ ' \x00 %", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(text, folded):
    assert plain(text) == folded


@given(st.text())
def test_what_is_folded_stays_so_and_has_nothing_that_a_database_could_read(text):
    assert plain(plain(text)) == plain(text)
    assert re.fullmatch(r"(?:[^\W_]+(?: [^\W_]+)*)?", plain(text)) or not plain(text).isascii()
    assert not set("'\"()*:&|!<>-\\\x00") & set(plain(text))


def terms(text: str) -> list[list[tuple]]:
    return [
        [
            (" ".join(term.words), *(name for name in ("is_excluded", "is_beginning") if getattr(term, name)))
            for term in all
        ]
        for all in parse(text).alternatives
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("night train", [[("night",), ("train", "is_beginning")]]),
        ('"night train"', [[("night train",)]]),
        ('"night train', [[("night train",)]]),
        ("“Night Train” tour", [[("night train",), ("tour", "is_beginning")]]),
        ("train -tour", [[("train",), ("tour", "is_excluded")]]),
        ('train -"by night"', [[("train",), ("by night", "is_excluded")]]),
        ("ferry OR train", [[("ferry",)], [("train", "is_beginning")]]),
        ("ferry AND train", [[("ferry",), ("train", "is_beginning")]]),
        ("ferry or train", [[("ferry",), ("or",), ("train", "is_beginning")]]),
        ("spider-man", [[("spider man",)]]),
        ("it", [[("it",)]]),
        ("-train", []),
        ("OR OR AND", []),
        ("col:x", [[("col x",)]]),
        ("", []),
        ('"', []),
        ("(*)", []),
    ],
)
def test_what_is_typed_is_taken_apart(typed, meant):
    assert terms(typed) == meant


@given(st.text())
def test_whatever_is_typed_means_something_or_nothing(typed):
    query = parse(typed)
    assert all(any(not term.is_excluded for term in terms) for terms in query.alternatives)
    assert sum(len(term.words) for terms in query.alternatives for term in terms) <= MOST_WORDS


def test_words_beyond_the_twentieth_are_passed_over():
    assert len(parse("a b c d e f g " * 28).words) == 7
    assert sum(len(term.words) for term in parse(" ".join("abcdefghijklmnopqrstuvwxyz")).sought) == MOST_WORDS


def test_sqlite_is_asked_in_its_own_words():
    asked = ENGINES["sqlite"]._asked
    assert asked(parse('"night train" -tour OR salt')) == '(("night train") NOT "tour") OR (("salt"*))'
    assert asked(parse("international")) == '(("international"))'


# --- Addresses -------------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from(["q", "sort", "page", *FACETS]), st.text()))
def test_the_address_of_a_search_asks_for_the_same_search(given_):
    wanted = Wanted.of(given_)
    assert len(wanted.text) <= LONGEST_QUERY
    assert "\x00" not in wanted.text
    assert Wanted.of(wanted.but().__dict__ | {"q": wanted.text, "page": "1"}).chosen == wanted.chosen


@pytest.mark.parametrize("year", ["0", "99999", "١٩٩٩", "1e3", "2026 ", "-1", "'"])
def test_what_is_no_year_is_passed_over(year):
    assert Wanted.of({"year": year}).year == ""


def test_another_choice_begins_on_the_first_page():
    wanted = Wanted.of({"q": "a b", "section": "tv", "page": "3"})
    assert wanted.address == "?q=a+b&section=tv&page=3"
    assert wanted.but(section="").address == "?q=a+b"
    assert wanted.everywhere == "?q=a+b"


# --- Marks -----------------------------------------------------------------------------------------


def marked(query: str, text: str) -> str:
    return "".join(f"[{bit.text}]" if bit.is_hit else bit.text for bit in Seeker(parse(query)).marked(text))


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("cafe", "At the Café, cafés and a cafeteria.", "At the [Café], [cafés] and a [cafeteria]."),
        ("reviews", "A review, reviewed by reviewers", "A [review], [reviewed] by [reviewers]"),
        ("ferries now", "The ferry is not here.", "The [ferry] is not here."),
        ("salt", "Saltmarsh, old salt", "[Saltmarsh], old [salt]"),
        ("salt now", "Saltmarsh, old salt", "Saltmarsh, old [salt]"),
        ("train -tour", "A train on tour", "A [train] on tour"),
        ("strasse", "Die Straße", "Die [Straße]"),
        ("<b>", "<b>bold</b>", "<[b]>bold</[b]>"),
    ],
)
def test_the_words_sought_are_marked(query, text, shown):
    assert marked(query, text) == shown


def test_words_are_kin_only_up_to_their_endings():
    assert are_kin("ferry", "ferries")
    assert not are_kin("international", "internet")
    assert not are_kin("its", "it")


def test_a_snippet_begins_shortly_before_the_first_word_sought_and_is_short():
    text = "word " * 400 + "The lighthouse keeps its lamp. " + "more " * 400
    shown = "".join(bit.text for bit in Seeker(parse("lighthouse")).snippet(text))
    assert shown.startswith("… word")
    assert shown.endswith("more …")
    assert shown.index("lighthouse") < 80
    assert len(shown) <= SNIPPET + 4
    assert Seeker(parse("nonesuch")).snippet(text) == []


@given(st.text(), st.text(max_size=2000))
def test_marking_changes_no_word_of_a_text(query, text):
    assert "".join(bit.text for bit in Seeker(parse(query)).marked(text)) == text
    assert len("".join(bit.text for bit in Seeker(parse(query)).snippet(text))) <= SNIPPET + 4


def test_a_term_knows_what_it_is():
    assert Term(("a",)) == parse("a").sought[0]
    assert fold("") == ""
