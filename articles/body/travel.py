"""HTML for readers elsewhere: feeds and mail. Whole addresses, and nothing that needs our page around it. Pure."""

import re
from functools import lru_cache, partial
from urllib.parse import urljoin

import nh3

TAGS = frozenset(
    "p h2 h3 strong em span a ul ol li blockquote br cite aside div figure figcaption picture img"
    " table caption thead tbody tr th td".split()
)
ATTRIBUTES = {"a": {"href", "rel"}, "img": {"src", "alt", "width", "height"}, "th": {"scope"}, "span": {"lang", "dir"}}
# Not every program folds what is to be folded: what a spoiler hides stays at home.
GONE = frozenset({"script", "style", "iframe", "form", "button", "template", "details"})
LABEL = re.compile(r"<details\b[^>]*><summary>(.*?)</summary>", re.DOTALL)
LEFT_OUT = r"<p><em>\1</em> (folded on our page, left out here)</p><details>"
SPAN = re.compile(r"</?span\b[^>]*>")
ADDRESSES = frozenset({"href", "src"})


# Every feed is asked for again and again, and holds what it held.
@lru_cache(maxsize=512)
def travelling(html: str, site_url: str) -> str:
    """Finished HTML of a page as it may stand on another; links within the page are none there, nor are spoilers."""
    html = nh3.clean(
        LABEL.sub(LEFT_OUT, html),
        tags=set(TAGS),
        clean_content_tags=set(GONE),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=partial(_attribute, site_url),
        link_rel=None,
    ).replace("<a></a>", "")
    kept: list[bool] = []
    return SPAN.sub(lambda found: _span(found.group(), kept), html)


def _span(tag: str, kept: list[bool]) -> str:
    """A tag of a passage in another language, or nothing; `kept` holds what became of those still open."""
    if tag != "</span>":
        kept.append("lang=" in tag)
        return tag if kept[-1] else ""
    return tag if kept.pop() else ""


def _attribute(site_url: str, tag: str, name: str, value: str) -> str | None:
    if name == "rel":
        return "sponsored" if "sponsored" in value.split() else None
    if name not in ADDRESSES:
        return value
    return None if value.startswith("#") else urljoin(f"{site_url}/", value)
