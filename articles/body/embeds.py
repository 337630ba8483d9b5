"""What of other sites can be shown in a story: a table from the parts of an address to a player. Pure.

Nothing here asks another site for anything. A frame of the player is made in the reader's browser, and only
once the reader has pressed play; a row without a player is ever only a card with a link.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlsplit

import nh3
from django.db.models import TextChoices

from .allowed import web_address
from .text import cut_at_word


class Shape(TextChoices):
    """How much room a player needs; the style sheet has a fixed ratio or height for each."""

    WIDE = "wide", "16:9"
    TALL = "tall", "9:16"
    STRIP = "strip", "a low strip"
    POST = "post", "a post with its picture"
    CARD = "card", "a card with a link"


@dataclass(frozen=True)
class Provider:
    """One row: hosts without "www.", a pattern of the whole path (and query, if it has a "?"), and the player.

    The player's gaps are the pattern's groups, or `address`, the link's own without what trackers add.
    """

    name: str
    hosts: str
    path: str
    player: str = ""
    shape: Shape = Shape.WIDE
    noun: str = "video"


@dataclass(frozen=True)
class Embed:
    """A page of another site as a story shows it; `player` is "" for a card."""

    provider: str
    address: str
    player: str
    shape: Shape
    noun: str


YOUTUBE = "https://www.youtube-nocookie.com/embed/{id}?autoplay=1"
VIMEO = "https://player.vimeo.com/video/{id}?dnt=1&autoplay=1"
# Twitch plays only where it is told the name of the site around it, which the browser adds.
TWITCH_VIDEO = "https://player.twitch.tv/?video={id}&parent="
TWITCH_CLIP = "https://clips.twitch.tv/embed?clip={id}&parent="
TWITCH_CHANNEL = "https://player.twitch.tv/?channel={id}&parent="
ID = r"(?P<id>[\w-]{1,80})/?"
DIGITS = r"(?P<id>\d{1,20})/?"

# The first row that fits is taken.
PROVIDERS = (
    Provider("YouTube", "youtube.com m.youtube.com", r"/watch/?\?(?:.*&)?v=(?P<id>[\w-]{1,80})(?:&.*)?", YOUTUBE),
    Provider("YouTube", "youtube.com m.youtube.com", rf"/shorts/{ID}", YOUTUBE, Shape.TALL),
    Provider("YouTube", "youtube.com m.youtube.com youtube-nocookie.com", rf"/(?:embed|live|v)/{ID}", YOUTUBE),
    Provider("YouTube", "youtu.be", rf"/{ID}", YOUTUBE),
    Provider("Vimeo", "vimeo.com", rf"/(?:channels/\w+/)?{DIGITS}", VIMEO),
    Provider("Vimeo", "player.vimeo.com", rf"/video/{DIGITS}", VIMEO),
    Provider("TikTok", "tiktok.com", rf"/@[\w.-]+/video/{DIGITS}", "https://www.tiktok.com/player/v1/{id}", Shape.TALL),
    Provider(
        "Instagram",
        "instagram.com",
        rf"/(?:[\w.]+/)?(?P<kind>p|reel)/{ID}",
        "https://www.instagram.com/{kind}/{id}/embed/",
        Shape.POST,
        "post",
    ),
    Provider(
        "X",
        "x.com twitter.com mobile.twitter.com",
        rf"/\w{{1,20}}/status/{DIGITS}",
        "https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true",
        Shape.POST,
        "post",
    ),
    Provider(
        "Bluesky",
        "bsky.app",
        r"/profile/(?P<who>did:plc:[a-z0-9]+|[\w.-]+)/post/(?P<id>[a-z0-9]+)/?",
        "https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}",
        Shape.POST,
        "post",
    ),
    Provider(
        "Threads",
        "threads.net threads.com",
        rf"/@(?P<who>[\w.]+)/post/{ID}",
        "https://www.threads.net/@{who}/post/{id}/embed",
        Shape.POST,
        "post",
    ),
    Provider(
        "Reddit",
        "reddit.com old.reddit.com",
        r"/r/(?P<forum>\w+)/comments/(?P<id>\w+)(?:/[^/]*)?/?",
        "https://embed.reddit.com/r/{forum}/comments/{id}/",
        Shape.POST,
        "thread",
    ),
    Provider(
        "Spotify",
        "open.spotify.com",
        r"/(?:intl-\w+/)?(?P<kind>track|album|playlist|episode|show|artist)/(?P<id>\w+)/?",
        "https://open.spotify.com/embed/{kind}/{id}",
        Shape.STRIP,
        "player",
    ),
    Provider(
        "Apple Podcasts",
        "podcasts.apple.com",
        r"/(?P<country>[a-z]{2})/podcast/(?:[^/]+/)?(?P<id>id\d+)/?\?(?:.*&)?i=(?P<episode>\d+)(?:&.*)?",
        "https://embed.podcasts.apple.com/{country}/podcast/{id}?i={episode}",
        Shape.STRIP,
        "podcast",
    ),
    Provider(
        "Apple Podcasts",
        "podcasts.apple.com",
        r"/(?P<country>[a-z]{2})/podcast/(?:[^/]+/)?(?P<id>id\d+)/?",
        "https://embed.podcasts.apple.com/{country}/podcast/{id}",
        Shape.STRIP,
        "podcast",
    ),
    Provider(
        "SoundCloud",
        "soundcloud.com",
        r"/[\w-]+/(?:sets/)?[\w-]+/?",
        "https://w.soundcloud.com/player/?url={address}",
        Shape.STRIP,
        "player",
    ),
    Provider("Twitch", "twitch.tv m.twitch.tv", rf"/videos/{DIGITS}", TWITCH_VIDEO),
    Provider("Twitch", "twitch.tv m.twitch.tv", rf"/\w+/clip/{ID}", TWITCH_CLIP),
    Provider("Twitch", "clips.twitch.tv", rf"/{ID}", TWITCH_CLIP),
    Provider("Twitch", "twitch.tv m.twitch.tv", r"/(?P<id>\w{3,25})/?", TWITCH_CHANNEL, Shape.WIDE, "stream"),
    Provider("Letterboxd", "letterboxd.com", r"/(?:[\w-]+/){1,4}[\w-]*", "", Shape.CARD, "page"),
    Provider("Letterboxd", "boxd.it", r"/\w+/?", "", Shape.CARD, "page"),
    Provider("IMDb", "imdb.com m.imdb.com", r"/(?:title|name)/\w+/?", "", Shape.CARD, "page"),
)

# Where a provider gives the title of a page of its own, as oEmbed says; asked only where a site has switched it on.
OEMBED = {
    "YouTube": "https://www.youtube.com/oembed?format=json&url=",
    "Vimeo": "https://vimeo.com/api/oembed.json?url=",
    "TikTok": "https://www.tiktok.com/oembed?url=",
    "Reddit": "https://www.reddit.com/oembed?url=",
    "Spotify": "https://open.spotify.com/oembed?url=",
    "SoundCloud": "https://soundcloud.com/oembed?format=json&url=",
}
OEMBED_HOSTS = frozenset(str(urlsplit(endpoint).hostname) for endpoint in OEMBED.values())
LONGEST_TITLE = 200
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

# What a page with a story may put in a frame: nothing but the players of the table.
FRAME_SOURCES = sorted({f"https://{urlsplit(row.player).hostname}" for row in PROVIDERS if row.player})


def embed_of(address: str) -> Embed | None:
    """The embed for an address, or None for one of no listed site."""
    if web_address(address) is None:
        return None
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.username is not None or parts.netloc.lower().removeprefix("www.") != host:
        return None
    for row in PROVIDERS:
        subject = f"{parts.path}?{parts.query}" if r"\?" in row.path else parts.path
        if host in row.hosts.split() and (match := re.fullmatch(row.path, subject, re.ASCII)):
            gaps = match.groupdict() | {"address": f"https://{host}{parts.path}"}
            player = row.player.format(**{name: quote(value, safe="") for name, value in gaps.items()})
            return Embed(row.name, address, player, row.shape, row.noun)
    return None


def title_address(address: str) -> str:
    """Where the title of a page can be asked for; "" for one whose provider does not say."""
    found = embed_of(address)
    endpoint = OEMBED.get(found.provider, "") if found else ""
    return endpoint and endpoint + quote(address, safe="")


def title_in(answer: object) -> str:
    """The title in an answer of oEmbed, as plain text of one line; "" where there is none."""
    title = answer.get("title") if isinstance(answer, dict) else None
    if not isinstance(title, str):
        return ""
    words = unescape(nh3.clean(title[: 10 * LONGEST_TITLE], tags=set()))
    return cut_at_word(" ".join(INVISIBLE.sub(" ", words).split()), LONGEST_TITLE)
