"""HTML for readers elsewhere: feeds and mail. Whole addresses, and nothing that needs our page around it. Pure."""

from functools import partial
from urllib.parse import urljoin

import nh3

TAGS = frozenset(
    "p h2 h3 strong em a ul ol li blockquote br cite aside details summary div figure figcaption picture img"
    " table caption thead tbody tr th td".split()
)
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "th": {"scope"}}
GONE = frozenset({"script", "style", "iframe", "form", "button", "template"})
ADDRESSES = frozenset({"href", "src"})


def travelling(html: str, site_url: str) -> str:
    """Finished HTML of a page as it may stand on another; links within the page are none there."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(GONE),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=partial(_attribute, site_url),
        link_rel=None,
    ).replace("<a></a>", "")


def _attribute(site_url: str, tag: str, name: str, value: str) -> str | None:
    if name not in ADDRESSES:
        return value
    return None if value.startswith("#") else urljoin(f"{site_url}/", value)
