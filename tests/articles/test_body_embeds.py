"""Embeds: which addresses have a player, where it is, and that nothing is asked for before a reader wants it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.compile import compile_body
from articles.body.embeds import FRAME_SOURCES, PROVIDERS, embed_of
from tests.factories import make_edition

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
X = "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true"
KNOWN = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", YOUTUBE),
    ("https://youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=3s", "YouTube", YOUTUBE),
    ("https://youtu.be/dQw4w9WgXcQ?si=abc", "YouTube", YOUTUBE),
    ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", YOUTUBE),
    ("https://www.youtube.com/live/dQw4w9WgXcQ", "YouTube", YOUTUBE),
    ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
    ("https://www.tiktok.com/@a.b/video/71234", "TikTok", "https://www.tiktok.com/player/v1/71234"),
    ("https://www.instagram.com/p/C-x_1/", "Instagram", "https://www.instagram.com/p/C-x_1/embed/"),
    ("https://www.instagram.com/someone/reel/C1/?igsh=x", "Instagram", "https://www.instagram.com/reel/C1/embed/"),
    ("https://x.com/jack/status/20", "X", X),
    ("https://twitter.com/jack/status/20?s=20", "X", X),
    (
        "https://bsky.app/profile/bsky.app/post/3k2a",
        "Bluesky",
        "https://embed.bsky.app/embed/bsky.app/app.bsky.feed.post/3k2a",
    ),
    ("https://www.threads.net/@a.b/post/Cx1", "Threads", "https://www.threads.net/@a.b/post/Cx1/embed"),
    (
        "https://www.reddit.com/r/television/comments/abc1/some_title/",
        "Reddit",
        "https://embed.reddit.com/r/television/comments/abc1/",
    ),
    ("https://open.spotify.com/track/4cOd", "Spotify", "https://open.spotify.com/embed/track/4cOd"),
    ("https://open.spotify.com/intl-de/episode/4cOd?si=1", "Spotify", "https://open.spotify.com/embed/episode/4cOd"),
    (
        "https://podcasts.apple.com/gb/podcast/a-show/id123?i=456",
        "Apple Podcasts",
        "https://embed.podcasts.apple.com/gb/podcast/id123?i=456",
    ),
    (
        "https://podcasts.apple.com/gb/podcast/a-show/id123",
        "Apple Podcasts",
        "https://embed.podcasts.apple.com/gb/podcast/id123",
    ),
    (
        "https://soundcloud.com/a-b/a-track?utm=1",
        "SoundCloud",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa-b%2Fa-track",
    ),
    ("https://www.twitch.tv/videos/123", "Twitch", "https://player.twitch.tv/?video=123&parent="),
    ("https://clips.twitch.tv/Some-Clip", "Twitch", "https://clips.twitch.tv/embed?clip=Some-Clip&parent="),
    ("https://letterboxd.com/film/paddington-2/", "Letterboxd", ""),
    ("https://boxd.it/abc", "Letterboxd", ""),
    ("https://www.imdb.com/title/tt4468740/", "IMDb", ""),
]
UNKNOWN = [
    "",
    "x",
    "https://example.com/watch?v=a",
    "https://youtube.com.evil.example/watch?v=a",
    "https://evil.example/youtube.com/watch?v=a",
    "https://youtube.com@evil.example/watch?v=a",
    "https://evil.example@youtube.com/watch?v=a",
    "https://youtube.com:8080/watch?v=a",
    "https://youtu.be/",
    'https://youtu.be/a"onload=x',
    "https://youtu.be/a/../b",
    "javascript:https://youtu.be/a",
    "//youtu.be/",
    "https://x.com/jack",
    "https://vimeo.com/about",
    "https://[youtu.be/x",
]


@pytest.mark.parametrize(("address", "provider", "player"), KNOWN)
def test_a_listed_site_is_known_by_its_addresses(address, provider, player):
    found = embed_of(address)
    assert found is not None
    assert (found.provider, found.player) == (provider, player)


def test_every_row_of_the_table_is_tried():
    assert {row.name for row in PROVIDERS} == {provider for _, provider, _ in KNOWN}


@pytest.mark.parametrize("address", UNKNOWN)
def test_no_other_address_is(address):
    assert embed_of(address) is None


@given(
    st.text(alphabet="abc/?=&:@.#%[]\\\"'<> \n", max_size=30),
    st.sampled_from([row.hosts.split()[0] for row in PROVIDERS]),
)
def test_a_player_is_always_at_a_listed_place(rest, host):
    found = embed_of(f"https://{host}/{rest}")
    assert found is None or not found.player or any(found.player.startswith(f"{place}/") for place in FRAME_SOURCES)
    assert found is None or not re.search(r"[\s\"'<>]", found.player)


@pytest.mark.parametrize(
    "body",
    [
        "<p>https://youtu.be/abc</p>",
        "<p> https://youtu.be/abc\n</p>",
        '<p><a href="https://youtu.be/abc">https://youtu.be/abc</a></p>',
        '<p><a href="https://www.youtu.be/abc">youtu.be/abc</a></p>',
        '<figure data-embed="https://youtu.be/abc"></figure>',
    ],
)
def test_an_address_alone_becomes_a_box_with_a_link(body):
    compiled = compile_body(body)
    assert 'data-player="https://www.youtube-nocookie.com/embed/abc?autoplay=1"' in compiled.html
    assert re.search(r'<a class="embed__link" href="https://(www\.)?youtu\.be/abc"', compiled.html)
    assert "learns of your visit" in compiled.html
    assert compiled.words == 0


@pytest.mark.parametrize(
    "body",
    [
        "<p>See https://youtu.be/abc</p>",
        '<p><a href="https://youtu.be/abc">The trailer</a></p>',
        "<p><strong>https://youtu.be/abc</strong></p>",
        "<p>https://youtu.be/abc<br>https://youtu.be/abd</p>",
        '<p><a href="https://evil.example/">https://youtu.be/abc</a></p>',
        "<p>https://example.com/abc</p>",
        "<li>https://youtu.be/abc</li>",
    ],
)
def test_anything_else_stays_words(body):
    assert "data-player" not in compile_body(body).html


def test_an_embed_has_the_title_it_was_given():
    body = '<figure data-embed="https://youtu.be/abc"><figcaption>The <em>Otter</em> trailer</figcaption></figure>'
    assert "<strong>The <em>Otter</em> trailer</strong>" in compile_body(body).html


def test_an_embed_of_an_unlisted_site_is_a_link():
    html = compile_body('<figure data-embed="https://example.com/a?b=1&amp;c=2"></figure>').html
    assert html.startswith('<p><a href="https://example.com/a?b=1&amp;c=2" rel="noopener external">')


@pytest.mark.django_db
def test_nothing_of_another_site_is_in_the_page(client):
    body = "".join(f"<p>{address}</p>" for address, _, _ in KNOWN)
    page = client.get(make_edition(body=body + "<p>Words.</p>").path).content.decode()
    assert page.count('class="embed"') == len(KNOWN)
    assert not re.search(
        r'<(?:iframe|script|img|link|source)[^>]+(?:src|href)="https?://(?!testserver|localhost)', page
    )
