"""Production begins with SECRET_KEY: what then holds, asked of a fresh process each time."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as site

KEY = "k" * 64
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "newsroom.example"}

Boot = Callable[..., "subprocess.CompletedProcess[str]"]

SHOW = """
import json, sys
from newsroom import settings
print(json.dumps([getattr(settings, name, None) for name in sys.argv[1:]]))
"""
ASK_CACHE = """
import django
django.setup()
from django.core.cache import cache
cache.set("motto", "all the news")
print(cache.get("motto"))
"""


@pytest.fixture
def boot(tmp_path: Path) -> Boot:
    """`boot(code, *arguments, **environment)` runs code in a Python whose environment holds nothing else of ours."""

    def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        basics = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")}
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=basics | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"} | environment,
            cwd=site.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def shown(boot: Boot, *names: str, **environment: str) -> list[object]:
    """The values of these settings in that environment."""
    answer = boot(SHOW, *names, **environment)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_a_fresh_clone_runs_with_no_environment_at_all(boot: Boot) -> None:
    debug, hosts = shown(boot, "DEBUG", "ALLOWED_HOSTS")
    assert debug is True
    assert "localhost" in hosts


def test_a_laptop_keeps_its_key_to_itself_and_over_restarts(boot: Boot, tmp_path: Path) -> None:
    first, second = (shown(boot, "SECRET_KEY") for _ in range(2))
    assert first == second
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_secret_key_turns_debugging_off(boot: Boot) -> None:
    assert shown(boot, "DEBUG", **PRODUCTION) == [False]


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"DEBUG": "0"}, "SECRET_KEY must be set when DEBUG is off."),
        ({"DEBUG": "0", "SECRET_KEY": ""}, "SECRET_KEY must be set when DEBUG is off."),
        ({"SECRET_KEY": "k" * 49}, "SECRET_KEY must be at least 50 characters long."),
    ],
)
def test_production_does_not_start_without_a_good_key(boot: Boot, environment: dict[str, str], complaint: str) -> None:
    answer = boot(SHOW, **environment)
    assert answer.returncode != 0
    assert complaint in answer.stderr


def test_production_answers_to_no_name_it_was_not_given(boot: Boot) -> None:
    assert shown(boot, "ALLOWED_HOSTS", SECRET_KEY=KEY) == [[]]


def test_cookies_of_production_travel_over_tls_only_and_bind_to_the_host(boot: Boot) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
    assert shown(boot, *names, **PRODUCTION) == [True, True, True]
    assert shown(boot, "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", **PRODUCTION) == [
        "__Host-session",
        "__Host-csrf",
    ]


def test_production_sends_everybody_to_tls_for_good(boot: Boot) -> None:
    redirect, seconds = shown(boot, "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", **PRODUCTION)
    assert redirect is True
    assert seconds >= 31_536_000


def test_a_forwarded_scheme_is_believed_only_behind_our_own_proxy(boot: Boot) -> None:
    assert shown(boot, "SECURE_PROXY_SSL_HEADER", **PRODUCTION) == [None]
    behind = shown(boot, "SECURE_PROXY_SSL_HEADER", **PRODUCTION, BEHIND_PROXY="1")
    assert behind == [["HTTP_X_FORWARDED_PROTO", "https"]]


def test_a_cache_address_is_a_working_cache(boot: Boot, redis_url: str) -> None:
    answer = boot(ASK_CACHE, CACHE_URL=redis_url)
    assert answer.stdout == "all the news\n", answer.stderr


def test_a_cache_that_is_down_is_an_empty_cache(boot: Boot, tmp_path: Path) -> None:
    answer = boot(ASK_CACHE, CACHE_URL=f"unix://{tmp_path}/nobody-listens.sock")
    assert answer.stdout == "None\n", answer.stderr
    assert answer.returncode == 0
