"""Compiling: anchors, outside links, plain text and counts; and nothing a reader could be hurt by."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.compile import WORDS_A_MINUTE, compile_body, reading_minutes
from articles.body.text import cut_at_word, excerpt
from articles.draft import Draft
from articles.preflight import preflight
from articles.story import Parts, Picture
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
    assert compiled.words == len(compiled.text.split()) + len(compiled.hidden.split())


def test_the_links_of_a_sponsored_story_say_so():
    body = '<p><a href="https://example.com/">out</a> <a href="/tv/">in</a></p>'
    assert 'href="https://example.com/" rel="sponsored noopener external"' in compile_body(body, sponsored=True).html
    assert '<a href="/tv/">in</a>' in compile_body(body, sponsored=True).html


def test_a_pull_quote_says_whose_it_is():
    html = compile_body('<aside class="pull-quote"><p>It rained.</p><cite>Bex &amp; co</cite></aside>').html
    assert html == (
        '<figure class="pull-quote"><blockquote><p>It rained.</p></blockquote>'
        "<figcaption>Bex &amp; co</figcaption></figure>"
    )
    assert "figcaption" not in compile_body('<aside class="pull-quote"><p>It rained.</p></aside>').html


def test_a_quote_is_kept_as_it_was_typed():
    body = "<blockquote><p>“It’s ‘fine’” – <em>he</em></p><cite>Bex</cite></blockquote>"
    assert compile_body(body).html == body


def test_a_fact_box_is_set_apart_and_its_heading_has_an_anchor():
    html = compile_body('<aside class="fact-box"><h3>When</h3><p>Sunday</p></aside>').html
    assert html.startswith('<aside class="fact-box"><h3 id="part-when">')


def test_a_spoiler_is_folded_away_from_readers_searches_and_excerpts():
    body = '<p>A.</p><details class="spoiler"><summary>The last scene</summary><p>She stays on the ferry.</p></details>'
    compiled = compile_body(body)
    assert (
        '<details class="spoiler"><summary><span class="spoiler__word">Spoiler</span> The last scene' in compiled.html
    )
    assert '<div class="spoiler__inside" data-nosnippet=""><p>She stays' in compiled.html
    assert compiled.text.split() == ["A.", "The", "last", "scene"]
    assert compiled.hidden == "She stays on the ferry."
    assert compiled.words == 9


def test_a_spoiler_without_a_label_is_called_one():
    html = compile_body('<details class="spoiler"><p>x</p></details>').html
    assert '<summary><span class="spoiler__word">Spoiler</span></summary>' in html


def test_a_table_scrolls_and_has_a_name():
    table = "<table><tbody><tr><td>x</td></tr></tbody></table>"
    html = compile_body(table + table.replace("<tbody>", '<caption>Ferries <em>"by"</em> year</caption><tbody>')).html
    frame = '<div class="table-scroll" role="region" tabindex="0" aria-label="'
    assert f'{frame}Table 1"><table>' in html
    assert f'{frame}Ferries &quot;by&quot; year"><table><caption>' in html


PICTURE = Picture(alt='A "ferry"', caption="At sea", credit="Bex", width=9, height=6, folder="/media/b/")
WITH_PICTURES = Parts(images={12: PICTURE, 13: replace(PICTURE, caption="", credit="")})


def test_a_picture_has_its_caption_and_credit_and_keeps_its_room():
    html = compile_body('<figure data-image="12"></figure>', WITH_PICTURES).html
    assert 'alt="A &quot;ferry&quot;" loading="lazy"' in html
    assert 'width="9" height="6"' in html
    assert "<figcaption>At sea <span" in html
    assert "Credit: </span>Bex</span></figcaption>" in html


def test_a_caption_of_its_own_stands_instead():
    body = '<figure data-image="12"><figcaption>In <em>port</em></figcaption></figure>'
    html = compile_body(body, WITH_PICTURES).html
    assert "<figcaption>In <em>port</em> <span" in html
    assert "At sea" not in html


def test_a_picture_that_says_nothing_has_no_caption_and_one_that_is_gone_no_place():
    assert "figcaption" not in compile_body('<figure data-image="13"></figure>', WITH_PICTURES).html
    assert compile_body('<figure data-image="99"></figure>', WITH_PICTURES).html == ""
    assert compile_body('<div data-gallery="98,99"></div>', WITH_PICTURES).html == ""


def test_a_gallery_is_a_grid_of_links_to_the_pictures():
    html = compile_body('<div data-gallery="13,12,99"></div>', WITH_PICTURES).html
    assert html.startswith('<div class="gallery" role="group" aria-label="Gallery: 2 pictures">')
    assert html.count('<a class="gallery__link" href="/media/b/9.webp"><picture>') == 2


def test_what_stands_in_a_line_is_no_element_of_ours():
    html = compile_body('<h2>x <figure data-image="12"></figure></h2>', WITH_PICTURES).html
    assert "<figure" not in html


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
