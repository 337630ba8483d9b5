"""What a stored body refers to: pictures of the library, and other stories. Pure."""

import re

# A cleaned body has these attributes exactly so.
IMAGES = re.compile(r'<(?:figure(?: data-embed="[^"]*")? data-image|div data-gallery)="([0-9,]+)"')
SLOT = re.compile(r'<div data-story="([0-9]+)"></div>')
STORIES = re.compile(r'<div data-story="([0-9]+)"')


def images_in(body: str) -> list[int]:
    """The ids of a cleaned body's pictures, posters of embeds too, each once, in the order they are shown."""
    return list(dict.fromkeys(int(pk) for found in IMAGES.findall(body) for pk in found.split(",") if pk))


def stories_in(html: str) -> list[int]:
    """The ids of the stories that a body, stored or compiled, has cards of, each once."""
    return list(dict.fromkeys(int(pk) for pk in STORIES.findall(html)))


def around_stories(html: str) -> list[str]:
    """Compiled HTML cut at its cards: HTML at even places, and at odd ones the id of a story."""
    return SLOT.split(html)
