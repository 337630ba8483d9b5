"""What holds for every test: a clean cache, pictures in a place of their own, and no silent skip under CI."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from tests.services import Missing
from tests.services.redis import redis

TRANSACTIONAL = {"transactional_db", "live_server"}

# No test is failed by the clock of a busy machine.
hypothesis.settings.register_profile("newsroom", deadline=None)
hypothesis.settings.load_profile("newsroom")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests that commit empty every table afterwards; the roles, which a migration made, must come back."""
    asked = item.get_closest_marker("django_db")
    options = dict(asked.kwargs) if asked else {}
    if options.get("transaction") or TRANSACTIONAL.intersection(item.fixturenames):
        options |= {"transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**options), append=False)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        skip_or_fail(Missing("the database of this run is not PostgreSQL: see `make test`"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"database: {connection.vendor}")
    if missing := os.environ.get("TEST_POSTGRES_MISSING"):
        terminalreporter.write_line(f"SKIPPED [the whole run on PostgreSQL] {missing}", yellow=True)


def skip_or_fail(missing: Missing) -> NoReturn:
    """A test that cannot run here is skipped on a laptop; under CI that is a failure."""
    if os.environ.get("CI"):
        raise pytest.fail.Exception(str(missing), pytrace=False) from None
    pytest.skip(str(missing))


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address of a real, empty Redis, for CACHE_URL or CACHES."""
    try:
        with redis() as url:
            yield url
    except Missing as missing:
        skip_or_fail(missing)
