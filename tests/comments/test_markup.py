"""The tiny markup of comments: what it makes, and that nothing gets through it."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.markup import render, tidy

REL = 'rel="ugc nofollow noopener"'


def link(address: str, shown: str) -> str:
    return f'<a href="{address}" {REL}>{shown}</a>'


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        ("plain", "<p>plain</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("**bold** and *lean*", "<p><strong>bold</strong> and <em>lean</em></p>"),
        ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("** not bold **", "<p>** not bold **</p>"),
        ("snake*case*word", "<p>snake*case*word</p>"),
        ("*over\ntwo lines*", "<p>*over<br>two lines*</p>"),
        ("<b>x</b> & 'y' \"z\"", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &#x27;y&#x27; &quot;z&quot;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("see https://a.example/x.", f"<p>see {link('https://a.example/x', 'a.example/x')}.</p>"),
        ("(http://a.example)", f"<p>({link('http://a.example', 'a.example')})</p>"),
        ("https://a.example/?a=1&b=2", f"<p>{link('https://a.example/?a=1&amp;b=2', 'a.example/?a=1&amp;b=2')}</p>"),
        ("https://a.example/*x*y", f"<p>{link('https://a.example/*x*y', 'a.example/*x*y')}</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("ftp://a.example mailto:a@b.c", "<p>ftp://a.example mailto:a@b.c</p>"),
        ('https://a.example/" onclick="x', f"<p>{link('https://a.example/', 'a.example/')}&quot; onclick=&quot;x</p>"),
        ("https://a.example/<b>", f"<p>{link('https://a.example/', 'a.example/')}&lt;b&gt;</p>"),
        ("https://...", "<p>https://...</p>"),
        ("http://!!!", "<p>http://!!!</p>"),
    ],
)
def test_what_is_typed_becomes(typed, html):
    assert render(tidy(typed)) == html


def test_a_long_address_is_shown_short_and_leads_to_all_of_it():
    address = "https://a.example/" + "x" * 100
    html = render(address)
    assert f'href="{address}"' in html
    assert len(re.search(r">([^<]*)</a>", html).group(1)) == 60


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a  \n\n\n\n b \r\n", "a\n\n b"),
        ("a\x00\x08b\u202ec", "abc"),
        ("a\tb", "a b"),
        ("a\xa0b", "a b"),
        ("日本\u3000語", "日本 語"),
        ("👩\u200d🚀 ❤\ufe0f", "👩\u200d🚀 ❤\ufe0f"),
        ("\u200b\u2060", ""),
        ("line\u2028sep", "line sep"),
    ],
)
def test_the_text_is_tidied(typed, stored):
    assert tidy(typed) == stored


TYPED = st.lists(
    st.sampled_from(
        [
            *("*", "**", "<", ">", "&", '"', "'", "\n", "\n\n", " ", "javascript:", "https://", "http://", "a.b", "/x"),
            *("<script>", "<img src=x onerror=y>", "&lt;", "&#60;", ")", ".", "\\", "](", "[", "`", "\u202e", "word"),
        ]
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)
OURS = re.compile(
    r'</?(?:p|strong|em)>|<br>|<a href="https?://[^"<>\s]+" rel="ugc nofollow noopener">(?=[^<]+</a>)|</a>'
)


@given(TYPED)
@settings(max_examples=400, deadline=None)
def test_no_tag_but_ours_comes_out_whatever_is_typed(typed):
    rest = OURS.sub("", render(tidy(typed)))
    assert "<" not in rest
    assert ">" not in rest
    assert '"' not in rest


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_every_tag_is_closed_in_its_order(typed):
    open_tags = []
    for closing, tag in re.findall(r"<(/?)(p|strong|em|a)[ >]", render(tidy(typed))):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert open_tags == []


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_every_word_is_still_there_and_tidying_again_changes_nothing(typed):
    text = tidy(typed)
    assert tidy(text) == text
    shown = unescape(re.sub(r"<br>|</p>|<[^>]*>", " ", render(text)))
    if "http" not in text:
        assert re.sub(r"[\s*]", "", shown) == re.sub(r"[\s*]", "", text)


@pytest.mark.parametrize("text", ["*" * 5000, "**a" * 1600, "https://" * 600, "*a " * 1600, "a**" * 1600, "\n" * 5000])
def test_the_worst_that_can_be_typed_is_rendered_quickly(text):
    assert len(render(tidy(text))) < 40_000
