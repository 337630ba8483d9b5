"""The style guide, under DEBUG only: every fragment of the readers' pages, drawn by the very templates readers get."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from . import samples

TOKENS = Path(settings.BASE_DIR, "newsroom", "static", "site", "tokens.css")
TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
DARK = "@media (prefers-color-scheme: dark)"
SIZES = ("tiny", "small", "plain", "read", "dek", "h5", "h4", "h3", "h2", "h1")
SPACES = tuple(str(number) for number in range(1, 9))
CARDS = (
    ("lead", "(min-width: 60rem) 72vw, 100vw"),
    ("large", "(min-width: 60rem) 36rem, 100vw"),
    ("medium", "(min-width: 60rem) 20rem, 40vw"),
    ("brief", "12rem"),
    ("small", "6rem"),
)


@dataclass(frozen=True)
class Token:
    """A colour as the style sheet names it, by day and by night."""

    name: str
    light: str
    dark: str


def colours() -> list[Token]:
    """Every colour of tokens.css; one that knows no night is the same in it."""
    day, _, night = TOKENS.read_text().partition(DARK)
    dark = dict(TOKEN.findall(night.partition(".tone-")[0]))
    return [Token(name, value, dark.get(name, value)) for name, value in TOKEN.findall(day) if value.startswith("#")]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """All of it, with made-up words, and without a query."""
    context = {
        "sections": samples.SECTIONS,
        "house_pages": samples.HOUSE,
        "colours": colours(),
        "sizes": SIZES,
        "spaces": SPACES,
        "cards": [(size, sizes, samples.card(number)) for number, (size, sizes) in enumerate(CARDS, 1)],
        "odd": [
            samples.card(6, sponsor="Thistledown Flasks"),
            samples.card(2, picture=None),
            samples.card(3, spoiler="major"),
        ],
        "counts": samples.COUNTS,
        "story": samples.story(),
        "discussion": samples.discussion(),
        "form": samples.fields(),
        "wrong": samples.wrong_fields(),
        "messages": samples.MESSAGES,
        "page": {"newer_url": "?newer", "older_url": "?older"},
    }
    return render(request, "styleguide/styleguide.html", context)


@require_safe
def swatches(request: HttpRequest) -> HttpResponse:
    """Each colour of day and of night as a class of its own, so that both are seen side by side."""
    rules = (
        f".{light}-{token.name} {{ background: {value}; }}"
        for token in colours()
        for light, value in (("day", token.light), ("night", token.dark))
    )
    return HttpResponse("\n".join(rules), content_type="text/css; charset=utf-8")


URLS = [
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/swatches.css", swatches, name="swatches"),
]
