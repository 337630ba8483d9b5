"""The tiny markup of comments: what it makes, and that nothing gets through it."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.markup import SPOILER, highlighted, plain, quoted, render, tidy

REL = 'rel="ugc nofollow noopener"'


def link(address: str, shown: str) -> str:
    return f'<a href="{address}" {REL}>{shown}</a>'


HIDES = '<details class="hides"><summary>Spoiler</summary><span data-nosnippet>{}</span></details>'


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
        ("> said\n> so\nno", "<blockquote><p>said<br>so</p></blockquote><p>no</p>"),
        ("> one\n>\n> two", "<blockquote><p>one</p><p>two</p></blockquote>"),
        ("> > deeper", "<blockquote><p>&gt; deeper</p></blockquote>"),
        (">", "<blockquote></blockquote>"),
        ("- a\n- *b*\n* c", "<ul><li>a</li><li><em>b</em></li><li>c</li></ul>"),
        ("a\n- b", "<p>a</p><ul><li>b</li></ul>"),
        ("a - b\n-c", "<p>a - b<br>-c</p>"),
        ("-", "<p>-</p>"),
        ("the ||butler|| did", f'<div class="para">the {HIDES.format("butler")} did</div>'),
        ("|| butler ||", "<p>|| butler ||</p>"),
        ("||one|| ||two||", f'<div class="para">{HIDES.format("one")} {HIDES.format("two")}</div>'),
        ("- ||<b>||", f"<ul><li>{HIDES.format('&lt;b&gt;')}</li></ul>"),
        (
            "||https://a.example/x||",
            f'<div class="para">{HIDES.format(link("https://a.example/x", "a.example/x"))}</div>',
        ),
        ("[here](https://a.example/x)", f"<p>{link('https://a.example/x', 'here (a.example)')}</p>"),
        (
            "[good.example](https://evil.example)",
            f"<p>{link('https://evil.example', 'good.example (evil.example)')}</p>",
        ),
        ("[<b>](https://a.example)", f"<p>{link('https://a.example', '&lt;b&gt; (a.example)')}</p>"),
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
            *(
                "<script>",
                "<img src=x onerror=y>",
                "&lt;",
                "&#60;",
                ")",
                ".",
                "\\",
                "](",
                "[",
                "`",
                "\u202e",
                "word",
                "||",
                "> ",
                "- ",
            ),
        ]
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)
OURS = re.compile(
    r'</?(?:p|strong|em|ul|li|blockquote)>|<br>|<div class="para">|</div>|'
    r'<details class="hides"><summary>Spoiler</summary><span data-nosnippet>|</span></details>|'
    r'<a href="https?://[^"<>\s]+" rel="ugc nofollow noopener">(?=[^<]+</a>)|</a>'
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
    for closing, tag in re.findall(r"<(/?)(\w+)[ >]", render(tidy(typed)).replace("<br>", "")):
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
        marks = r"[\s*|>-]|\[|\]"
        assert re.sub(marks, "", shown.replace("Spoiler ", "")) == re.sub(marks, "", text)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 5000,
        "**a" * 1600,
        "https://" * 600,
        "*a " * 1600,
        "a**" * 1600,
        "\n" * 5000,
        "||a" * 1600,
        "|" * 5000,
        "> " * 2500,
        "- a\n" * 1200,
        "[" * 5000,
    ],
)
def test_the_worst_that_can_be_typed_is_rendered_quickly(text):
    assert len(render(tidy(text))) < 80_000


# --- Where nothing may be given away ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("**Bold** and *lean*\n\n> a quote\n- an item", "Bold and lean a quote an item"),
        ("It was ||the butler||, I knew", "It was [spoiler], I knew"),
        ("||all of\nit||", "[spoiler]"),
        ("[here](https://a.example/x) and https://b.example", "here and https://b.example"),
    ],
)
def test_the_plain_text_has_no_marks_and_gives_nothing_away(typed, said):
    assert plain(tidy(typed)) == said


def test_what_is_quoted_gives_nothing_away_and_is_quoted_once():
    assert quoted("> older\nIt was ||the butler||\n\nTruly") == "> It was [spoiler]\n> \n> Truly\n"


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_no_hidden_word_is_in_the_plain_text(typed):
    text = tidy(f"{typed} ||marker|| {typed}")
    if "||marker||" in "".join(f"||{hidden}||" for hidden in SPOILER.findall(text)):
        assert "marker" not in plain(text)
        assert "marker" not in quoted(text)


@pytest.mark.parametrize(
    ("words", "stretches", "marked"),
    [
        ("So bad, so bad.", ["bad"], "<p>So <mark>bad</mark>, so <mark>bad</mark>.</p>"),
        ("Fish & chips", ["amp", "p"], "<p>Fish &amp; chi<mark>p</mark>s</p>"),
        ("AT&T <b>", ["AT&T", "<b>"], "<p><mark>AT&amp;T</mark> <mark>&lt;b&gt;</mark></p>"),
        ("**p** strong", ["strong", "p"], "<p><strong><mark>p</mark></strong> <mark>strong</mark></p>"),
        ("(.*)", [".*"], "<p>(<mark>.*</mark>)</p>"),
        ("Nothing", ["", " "], "<p>Nothing</p>"),
        ("too tooth", ["too", "tooth"], "<p><mark>too</mark> <mark>tooth</mark></p>"),
    ],
)
def test_stretches_are_marked_in_the_text_and_never_in_a_tag(words, stretches, marked):
    assert highlighted(render(words), stretches) == marked
