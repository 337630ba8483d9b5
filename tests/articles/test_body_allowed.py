"""Both allow-lists, as tables: what a body may be stored as, and what of it may be served."""

import re

import pytest
from hypothesis import given, settings

from articles.body.allowed import SERVED, STORED, numbers, web_address
from articles.body.clean import only
from articles.body.compile import compile_body
from articles.story import Parts, Picture

from .test_body_clean import HONEST, HOSTILE, SOUP, Reader

SHOWN = {"caption": '<b>"x"', "credit": "<script>", "width": 9, "height": 9, "folder": "/media/x/"}
PARTS = Parts(images={pk: Picture(alt='"><script>alert(1)</script>', **SHOWN) for pk in (1, 2, 3, 12)})

STORED_TABLE = {
    "p": "",
    "h2": "",
    "h3": "",
    "strong": "",
    "em": "",
    "a": "href",
    "ul": "",
    "ol": "",
    "li": "",
    "blockquote": "",
    "br": "",
    "cite": "",
    "span": "dir lang",
    "table": "",
    "caption": "",
    "thead": "",
    "tbody": "",
    "tr": "",
    "th": "colspan rowspan scope",
    "td": "colspan rowspan",
    "aside": "class",
    "details": "class",
    "summary": "",
    "figure": "data-embed data-image",
    "figcaption": "",
    "div": "data-gallery data-story",
}
ONLY_SERVED = {"img", "picture", "source"}
NEVER = "script style iframe frame object embed form input button svg math template link meta base video audio".split()
VALUES = [
    ("a", "href", "javascript:alert(1)", None),
    ("a", "href", "/tv/", "/tv/"),
    ("a", "href", "data:text/html,x", None),
    ("a", "href", "//a.example/", "https://a.example/"),
    ("aside", "class", "pull-quote", "pull-quote"),
    ("aside", "class", "pull-quote other", None),
    ("details", "class", "anything", None),
    ("figure", "data-image", "12", "12"),
    ("figure", "data-image", "012", None),
    ("figure", "data-image", "0", None),
    ("figure", "data-image", "9" * 40, None),
    ("figure", "data-image", "١٢", None),
    ("figure", "data-embed", "https://youtu.be/x", "https://youtu.be/x"),
    ("figure", "data-embed", "javascript:alert(1)", None),
    ("figure", "data-embed", "https:///x", None),
    ("figure", "data-embed", "https://a.example/ x", None),
    ("div", "data-gallery", "1, 2,x,2", "1,2"),
    ("div", "data-gallery", "x", None),
    ("div", "data-story", "3", "3"),
    ("div", "data-story", "3;", None),
    ("th", "scope", "col", "col"),
    ("th", "scope", "evil", None),
    ("td", "colspan", "3", "3"),
    ("td", "colspan", "1", None),
    ("td", "colspan", "51", None),
    ("td", "rowspan", "-2", None),
    ("span", "lang", "fr", "fr"),
    ("span", "lang", "pt-BR", "pt-BR"),
    ("span", "lang", "zh-Hant-TW", "zh-Hant-TW"),
    ("span", "lang", "es-419", "es-419"),
    ("span", "lang", "de-1996", "de-1996"),
    ("span", "lang", "x", None),
    ("span", "lang", "french", None),
    ("span", "lang", "fr_FR", None),
    ("span", "lang", "fr-", None),
    ("span", "lang", "fr" + "-abcdefgh" * 5, None),
    ("span", "lang", "ﬁ", None),
    ("span", "dir", "rtl", "rtl"),
    ("span", "dir", "auto", None),
]


def test_the_list_of_what_may_be_stored_is_this_table():
    assert {tag: " ".join(sorted(attributes)) for tag, attributes in STORED.items()} == STORED_TABLE


def test_what_is_served_is_what_is_stored_and_a_little_more():
    assert set(SERVED) - set(STORED) == ONLY_SERVED
    assert set(STORED) <= set(SERVED)


@pytest.mark.parametrize("tag", NEVER)
def test_neither_list_has_what_runs(tag):
    assert tag not in STORED
    assert tag not in SERVED


def test_neither_list_has_a_handler_or_a_style():
    names = {name for allowed in (STORED, SERVED) for attributes in allowed.values() for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in {"style", "srcdoc", "name", "action"}}
    assert all("class" not in attributes or attributes["class"]("evil") != "evil" for attributes in STORED.values())


@pytest.mark.parametrize(("tag", "name", "value", "kept"), VALUES)
def test_values_are_looked_at(tag, name, value, kept):
    assert STORED[tag][name](value) == kept


def test_a_gallery_has_an_end():
    assert len((numbers(",".join(map(str, range(1, 200)))) or "").split(",")) == 60


@pytest.mark.parametrize("value", ["https://[", "https://user@[::1/", "ftp://a.example/", "mailto:a@b.c", ""])
def test_what_is_no_address_of_the_web_is_no_embed(value):
    assert web_address(value) is None


@pytest.mark.parametrize("html", [*HONEST, *(html for html, _ in HOSTILE)])
def test_everything_compiled_is_on_the_second_list_and_none_of_it_is_lost_there(html):
    served = compile_body(html, PARTS).html
    assert only(SERVED, served) == served
    assert_served(served)


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_whatever_is_compiled_is_on_the_second_list(html):
    assert_served(compile_body(html, PARTS).html)


def assert_served(html: str):
    for tag, attribute, value in Reader(html).found:
        assert tag in SERVED
        assert not attribute or SERVED[tag][attribute](value) == value
        assert not re.match(r"\s*(?!https?:|mailto:)[a-z]+:", value) or attribute in {"alt", "aria-label"}, value
