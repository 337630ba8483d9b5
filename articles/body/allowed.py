"""The two allow-lists: what a body may be stored as, and what of it may be served. Everything else is dropped.

Each names elements, their attributes, and for each attribute the check of its value: it returns the value to
keep, or None to drop the attribute. Pure tables; clean.py and compile.py apply them.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

Check = Callable[[str], str | None]
Allowed = Mapping[str, Mapping[str, Check]]

SCHEMES = frozenset({"http", "https", "mailto"})
MOST_REFERENCES = 60  # pictures of one gallery
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
ANCHOR = re.compile(r"#?part[\w-]*")
# A language tag of BCP 47: language, script, region, and variants.
LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.IGNORECASE
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def address(value: str) -> str | None:
    """A link's address, or None: no address without a scheme but our own paths."""
    value = value.strip().replace("\\", "/")
    if value.startswith("//"):
        value = f"https:{value}"
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    if parts.scheme in SCHEMES:
        return value
    return value if value.startswith(("/", "#")) and not parts.netloc else None


def web_address(value: str) -> str | None:
    """An address of the web with a host, as an embed has it."""
    found = address(value)
    try:
        is_whole = bool(found and found.lower().startswith(("http://", "https://")) and urlsplit(found).hostname)
    except ValueError:
        return None
    return found if is_whole and not re.search(r"[\s<>\"']", found or "") else None


def number(value: str) -> str | None:
    """The id of a row."""
    return value.strip() if NUMBER.fullmatch(value.strip()) else None


def numbers(value: str) -> str | None:
    """Ids of rows with commas between: those that are none are left out, as is what is over the limit."""
    found = [part.strip() for part in value.split(",") if NUMBER.fullmatch(part.strip())]
    return ",".join(dict.fromkeys(found[:MOST_REFERENCES])) or None


def span(value: str) -> str | None:
    """Of how many columns or rows a cell is."""
    return value if value.isascii() and value.isdecimal() and 2 <= int(value[:4]) <= 50 and len(value) <= 2 else None


def one_of(*values: str) -> Check:
    return lambda value: value if value in values else None


def anything(value: str) -> str | None:
    """Text that no browser acts on."""
    return value


def paid(value: str) -> str:
    """Of a link that leads out: an advertiser paid for it."""
    return "sponsored noopener external"


def anchor(value: str) -> str | None:
    return value if ANCHOR.fullmatch(value) else None


def language(value: str) -> str | None:
    """Of which language a passage is: "fr", "pt-BR", "zh-Hant"."""
    value = value.strip()
    return value if len(value) <= 35 and LANGUAGE.fullmatch(value) else None


def day(value: str) -> str | None:
    return value if DAY.fullmatch(value) else None


PASSAGE: Mapping[str, Check] = {"lang": language, "dir": one_of("ltr", "rtl")}
CELL: Mapping[str, Check] = {"colspan": span, "rowspan": span}
TEXT: Allowed = {tag: {} for tag in "p h2 h3 strong em ul ol li blockquote br cite".split()}
TABLE: Allowed = {
    **{tag: {} for tag in "table caption thead tbody tr".split()},
    "th": {"scope": one_of("col", "row"), **CELL},
    "td": CELL,
}

STORED: Allowed = {
    **TEXT,
    **TABLE,
    "a": {"href": address},
    "span": PASSAGE,
    "aside": {"class": one_of("pull-quote", "fact-box")},
    "details": {"class": one_of("spoiler")},
    "summary": {},
    "figure": {"data-image": number, "data-embed": web_address},
    "figcaption": {},
    "div": {"data-gallery": numbers, "data-story": number},
}

SERVED: Allowed = {
    **TEXT,
    **TABLE,
    "h2": {"id": anchor},
    "h3": {"id": anchor},
    "a": {
        "href": address,
        "class": one_of("anchor", "embed__link", "gallery__link"),
        "aria-label": anything,
        "rel": one_of("noopener external"),
    },
    "aside": {"class": one_of("fact-box")},
    "details": {"class": one_of("spoiler")},
    "summary": {},
    "figure": {"class": one_of("pull-quote", "picture", "gallery__picture", "embed__stage"), "data-until": day},
    "figcaption": {},
    "picture": {},
    "source": {"type": one_of("image/avif", "image/webp"), "srcset": anything, "sizes": anything},
    "img": {
        "src": address,
        "width": anything,
        "height": anything,
        "alt": anything,
        "class": anything,
        "loading": one_of("lazy"),
        "decoding": one_of("async"),
    },
    "span": {"class": one_of("credit", "visually-hidden", "spoiler__word"), **PASSAGE},
    "div": {
        "class": one_of("table-scroll", "spoiler__inside", "gallery", "embed", "embed__box"),
        "role": one_of("region", "group"),
        "tabindex": one_of("0"),
        "aria-label": anything,
        "data-nosnippet": one_of(""),
        "data-player": web_address,
        "data-shape": one_of("wide", "tall", "strip", "post", "card"),
        "data-provider": anything,
        "data-story": number,
    },
}
# What an advertiser paid for: every link that leads out says so to search engines.
PAID: Allowed = {**SERVED, "a": {**SERVED["a"], "rel": paid}}
# Without their mark these are nothing of ours, and only their content stays.
MARKED = frozenset({"aside", "details", "figure", "div"})
# Word processors give every run of words a language, and seldom the right one; only the editor gives both.
MARKED_WHOLE = {"span": frozenset(PASSAGE)}
