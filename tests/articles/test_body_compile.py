"""Compiling: anchors, outside links, plain text and counts; and nothing a reader could be hurt by."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.compile import WORDS_A_MINUTE, compile_body, reading_minutes
from articles.body.text import cut_at_word, excerpt
from articles.draft import Draft
from articles.preflight import preflight
from articles.story import Parts
from tests.factories import make_edition

from .test_body_clean import HOSTILE, SOUP


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


def test_a_subhead_has_an_anchor_and_a_link_to_it():
    html = compile_body("<h2>The <em>long</em> wait</h2>").html
    [anchor] = ids(html)
    assert f'href="#{anchor}"' in html
    assert "the-long-wait" in anchor


@pytest.mark.parametrize(
    "subheads",
    [
        ["A", "A", "A"],
        ["A", "A", "A 2"],
        ["A 2", "A", "A"],
        ["A", "A 2", "A", "A 2"],
        ["日本", "?", "", "Part"],
        ["x" * 70, "x" * 80],
    ],
)
def test_anchors_are_unique(subheads):
    found = ids(compile_body("".join(f"<h2>{words}</h2>" for words in subheads)).html)
    assert len(found) == len(set(found)) == len(subheads)


@given(st.lists(st.sampled_from(["a", "a 2", "a 3", "a-2-2", "b", ""]), max_size=8))
@settings(deadline=None)
def test_anchors_are_unique_whatever_the_words(subheads):
    found = ids(compile_body("".join(f"<h3>{words}</h3>" for words in subheads)).html)
    assert len(found) == len(set(found)) == len(subheads)


@pytest.mark.django_db
def test_no_subhead_takes_an_id_of_the_page_itself(client):
    names = ["Discussion", "More", "Content", "Headline", "Comment 1", "Discussion title"]
    make_edition()
    page = client.get(make_edition(body="".join(f"<h2>{name}</h2><p>x</p>" for name in names)).path)
    found = ids(page.content.decode())
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("https://example.com/", True),
        ("http://example.com/", True),
        ("HTTPS://EXAMPLE.COM/", True),
        ("//example.com/", True),
        ("/tv/a-story/", False),
        ("#part", False),
        ("mailto:a@example.com", False),
    ],
)
def test_only_outside_links_are_marked(address, outside):
    html = compile_body(f'<p><a href="{address}">x</a></p>').html
    assert ('rel="noopener external"' in html) is outside


def test_text_is_plain_and_blocks_do_not_run_together():
    body = "<h2>One</h2><p>two &amp; <b>three</b><br>four</p><ul><li>five</li><li>six</li></ul>"
    compiled = compile_body(body)
    assert compiled.text.split() == ["One", "two", "&", "three", "four", "five", "six"]
    assert compiled.words == 7


@pytest.mark.parametrize(("html", "kept"), HOSTILE)
def test_a_hostile_body_compiles_to_nothing_that_runs(html, kept):
    out = compile_body(html).html
    assert not re.search(r"<\s*(script|style|iframe|img|svg|form|object)|\son\w+\s*=|javascript:", out, re.IGNORECASE)


@given(SOUP)
@settings(max_examples=200, deadline=None)
def test_whatever_comes_in_compiles_alike_each_time_and_is_well_formed(html):
    compiled = compile_body(html)
    assert compile_body(html) == compiled
    opened = re.findall(r"<(p|h2|h3|a|em|strong|ul|ol|li|blockquote)[ >]", compiled.html)
    closed = re.findall(r"</(p|h2|h3|a|em|strong|ul|ol|li|blockquote)>", compiled.html)
    assert sorted(opened) == sorted(closed)
    assert compiled.words == len(compiled.text.split())


@pytest.mark.parametrize(
    "body",
    ["", " ", "<p></p>", "<p>&nbsp;<br></p>", "<h2></h2>", "<ul><li></li></ul>", '<a href="/x"></a>', "<img src=x>"],
)
def test_a_body_of_only_markup_is_empty(body):
    assert compile_body(body).text == ""
    assert "body" in {finding.field for finding in preflight(Draft(body=body), Parts()) if finding.blocks}


def test_a_complete_draft_lacks_nothing():
    assert "body" not in {finding.field for finding in preflight(Draft(body="<p>x</p>"), Parts())}


def test_reading_takes_at_least_a_minute():
    assert [reading_minutes(words) for words in (0, 1, WORDS_A_MINUTE, 3 * WORDS_A_MINUTE)] == [1, 1, 1, 3]


@given(st.text(max_size=120), st.integers(min_value=2, max_value=60))
@settings(deadline=None)
def test_an_excerpt_is_never_longer_than_asked_and_begins_as_the_text(text, limit):
    short = excerpt(text, limit)
    assert len(short) <= limit
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


def test_a_text_is_cut_at_a_word():
    assert cut_at_word("one two, three", 9) == "one two"
    assert cut_at_word("unbreakable", 5) == "unbre"
