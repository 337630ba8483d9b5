"""The site's own settings, with two views more: what a request costs before any page is made. Never for a real site."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
