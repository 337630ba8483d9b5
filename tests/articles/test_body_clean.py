"""The allow-list: what a body keeps, what it loses, and that cleaning twice is cleaning once."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.allowed import SCHEMES, STORED
from articles.body.clean import MAX_BYTES, MAX_TAGS, BodyTooHeavy, clean

HONEST = [
    "<p>Plain.</p>",
    "<p>Fish &amp; chips, 1 &lt; 2</p>",
    "<h2>Part</h2><h3>Smaller</h3>",
    "<ul><li>One</li></ul><ol><li>Two</li></ol>",
    "<blockquote><p>Quoted</p></blockquote>",
    "<p><strong>Bold</strong> and <em>leaning</em><br>next line</p>",
    '<p><a href="https://example.com/a?b=1&amp;c=2#d">out</a></p>',
    '<p><a href="/tv/a-story/">in</a> <a href="#part">down</a> <a href="mailto:a@example.com">mail</a></p>',
    "<p>“Typographic” – naïve 日本 🙂</p>",
    '<aside class="pull-quote"><p>It rained.</p><cite>Bex</cite></aside>',
    '<aside class="fact-box"><h3>When</h3><ul><li>Sunday</li></ul></aside>',
    '<details class="spoiler"><summary>The end</summary><p>She stays.</p></details>',
    '<figure data-image="12"></figure>',
    '<figure data-image="12"><figcaption>The <em>Otter</em> at dusk</figcaption></figure>',
    '<figure data-embed="https://youtu.be/abc"><figcaption>The trailer</figcaption></figure>',
    '<p>She said <span lang="fr" dir="ltr">à <em>demain</em></span>, and <span lang="he" dir="rtl">שלום</span>.</p>',
    '<figure data-image="12"><figcaption><span lang="fr" dir="ltr">La mer</span></figcaption></figure>',
    '<div data-gallery="3,1,2"></div><div data-story="34"></div>',
    '<table><caption>Ferries</caption><thead><tr><th scope="col">Name</th><th scope="col">Year</th></tr></thead>'
    '<tbody><tr><th scope="row">Otter</th><td colspan="2">1962</td></tr></tbody></table>',
]

HOSTILE = [
    ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
    ("<style>p{}</style><p>x</p>", "<p>x</p>"),
    ('<p onclick="alert(1)" style="color:red" class="a" id="b">x</p>', "<p>x</p>"),
    ("<img src=x onerror=alert(1)><p>x</p>", "<p>x</p>"),
    ('<iframe src="https://evil.example"></iframe><p>x</p>', "<p>x</p>"),
    ("<svg><script>alert(1)</script></svg><p>x</p>", "<p>x</p>"),
    ("<svg onload=alert(1)><p>x</p></svg>", "<p>x</p>"),
    ("<!-- a --><p>x</p>", "<p>x</p>"),
    ("<p>x<!--[if IE]><script>alert(1)</script><![endif]--></p>", "<p>x</p>"),
    ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
    ('<a href=" java\tscript:alert(1)">x</a>', "<a>x</a>"),
    ('<a href="&#106;avascript:alert(1)">x</a>', "<a>x</a>"),
    ('<a href="\x01javascript:alert(1)">x</a>', "<a>x</a>"),
    ('<a href="data:text/html,<script>alert(1)</script>">x</a>', "<a>x</a>"),
    ('<a href="vbscript:x">x</a>', "<a>x</a>"),
    ('<a href="file:///etc/passwd">x</a>', "<a>x</a>"),
    ('<a href="relative/path">x</a>', "<a>x</a>"),
    ('<a href="//evil.example/a">x</a>', '<a href="https://evil.example/a">x</a>'),
    ('<a href="/\\evil.example">x</a>', '<a href="https://evil.example">x</a>'),
    ('<a href="/\t/evil.example">x</a>', "<a>x</a>"),
    ('<a href="http://[bad">x</a>', "<a>x</a>"),
    ('<a href="/a" target="_blank" rel="opener" onclick="x()" name="n">x</a>', '<a href="/a">x</a>'),
    ("<h1>x</h1>", "x"),
    ('<p><span lang="EN-US">x</span> <span dir="rtl">y</span></p>', "<p>x y</p>"),
    ('<p><span lang="x y" dir="ltr">x</span></p>', "<p>x</p>"),
    ('<p><span class="credit" lang="fr" dir="ltr">x</span></p>', '<p><span lang="fr" dir="ltr">x</span></p>'),
    ('<span lang="fr" dir="ltr"><div data-story="3"></div>x</span>', '<span lang="fr" dir="ltr"> x</span>'),
    ("<p>x<p>y", "<p>x</p><p>y</p>"),
    ("<p>x</p><p>&nbsp;</p><p> <br></p><p>y</p>", "<p>x</p>\n\n<p>y</p>"),
    ("<p>a\x00b</p>", "<p>ab</p>"),
    ("<p>a\r\nb\rc</p>", "<p>a\nb\nc</p>"),
    ("<form><input name=q><button>x</button></form>", "x"),
    ("<math><mtext></p><img src=x onerror=alert(1)></mtext></math>", ""),
    ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</p></noscript>', None),
    ("<textarea></textarea><script>alert(1)</script><p>x</p>", "<p>x</p>"),
    ("<template><script>alert(1)</script></template><p>x</p>", "<p>x</p>"),
    ('<aside class="evil"><p>x</p></aside>', "<p>x</p>"),
    ('<aside class="fact-box evil" id="content"><p>x</p></aside>', "<p>x</p>"),
    ('<aside class="fact-box"><aside class="fact-box"><p>x</p></aside></aside>', None),
    ('<details open ontoggle="alert(1)" class="spoiler"><summary>s</summary></details>', None),
    ("<div><div><p>x</p></div></div>", "<p>x</p>"),
    ('<div data-story="34 or 1=1">x</div>', "x"),
    ('<div data-story="34"><p>x</p><b>y</b></div>', '<div data-story="34"></div>'),
    ('<div data-gallery="1,<,2,,x,1"></div>', '<div data-gallery="1,2"></div>'),
    ('<div data-gallery="javascript:1"><p>x</p></div>', "<p>x</p>"),
    ('<figure data-image="-1"><img src="/x"></figure>', ""),
    ('<figure data-image="1"><img src=x onerror=y>w<p>z</p></figure>', '<figure data-image="1"></figure>'),
    ('<figure data-embed="javascript:alert(1)"></figure>', ""),
    ('<figure data-embed="/tv/"></figure>', ""),
    ('<figure data-embed="https://a.b/&quot;><script>"></figure>', ""),
    ("<figcaption>x</figcaption><summary>y</summary><td>z</td>", None),
    ('<p>x<span class="MsoNormal">y</span></p>', "<p>xy</p>"),
    ('<table style="x" onclick="y"><tr><td colspan="999999" rowspan="-1">x</td></tr></table>', None),
    ("<base href='https://evil.example'><meta http-equiv=refresh content=0><p>x</p>", "<p>x</p>"),
]

FRAGMENTS = st.sampled_from(
    [
        *("<p>", "</p>", "<a>", "</a>", "<b", ">", "<", "&lt;", "&nbsp;", "<br>", "<svg>", "<math>", "<style>", "\x00"),
        *("<script>", "</script>", "<table>", "<td>", "<h2>", "</h2>", "<ul>", "<li>", "<blockquote>", "<!--", "-->"),
        *('<a href="', '"', "javascript:", "https://a.b/", "//x", "/y", "\\", "\t", "&#x6a;", "<template>", "<title>"),
        *('<aside class="fact-box">', "</aside>", "<aside>", '<details class="spoiler">', "</details>", "<summary>"),
        *("</summary>", '<figure data-image="1">', "</figure>", "<figcaption>", "</figcaption>", "<cite>", "</cite>"),
        *('<div data-story="3">', "</div>", "<div>", "</table>", "<tr>", "</td>", "<th>", "<caption>", "<tbody>"),
        *("<img src=x onerror=y>", "<em>", "<strong>", "</em>", "text", " ", "\n", "<select>", "<mtext>", "<noscript>"),
    ]
)
SOUP = st.lists(FRAGMENTS | st.text(max_size=6), max_size=25).map("".join)


class Reader(HTMLParser):
    """Every tag and attribute a browser-like parser finds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found += [(tag, "", "")] + [(tag, name, value or "") for name, value in attrs]


def assert_harmless(html: str):
    for tag, attribute, value in Reader(html).found:
        assert tag in STORED
        assert not attribute or STORED[tag][attribute](value) == value
        if attribute != "href":
            continue
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
        assert scheme is None or scheme.group(1).lower() in SCHEMES
        assert scheme or not value or value[0] in "/#"
        assert not value.startswith("//")


@pytest.mark.parametrize("html", HONEST)
def test_honest_words_come_through_unchanged(html):
    assert clean(html) == html


@pytest.mark.parametrize(("html", "kept"), HOSTILE)
def test_hostile_words_lose_what_is_hostile(html, kept):
    found = clean(html)
    assert_harmless(found)
    assert kept is None or found == kept


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_in_is_harmless_and_cleaning_again_changes_nothing(html):
    once = clean(html)
    assert_harmless(once)
    assert clean(once) == once


@given(st.text(alphabet=st.characters(exclude_characters="<>&\r\x00", exclude_categories=["Cs"]), max_size=80))
@settings(deadline=None)
def test_words_without_markup_lose_nothing(text):
    assert " ".join(re.sub(r"<[^>]*>|&nbsp;", " ", clean(f"<p>x{text}x</p>")).split()) == " ".join(f"x{text}x".split())


def test_an_empty_paragraph_between_words_does_not_glue_them():
    assert clean("one<p></p>\ntwo").split() == ["one", "two"]


def test_a_body_at_the_limits_is_taken_and_one_over_them_is_refused():
    assert clean("x" * MAX_BYTES)
    assert clean("<br>" * MAX_TAGS)
    with pytest.raises(BodyTooHeavy):
        clean("x" * (MAX_BYTES + 1))
    with pytest.raises(BodyTooHeavy):
        clean("é" * (MAX_BYTES // 2 + 1))
    with pytest.raises(BodyTooHeavy):
        clean("<" * (MAX_TAGS + 1))


@pytest.mark.parametrize("tag", ["blockquote", "a", "strong", "ul><li"])
def test_the_deepest_body_within_the_limits_is_taken(tag):
    count = MAX_TAGS // (1 + tag.count("<"))
    assert len(clean(f"<{tag}>" * count + "deep")) > 4
