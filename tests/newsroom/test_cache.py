"""The cache, with Redis and without."""

from pathlib import Path

import pytest

from newsroom.lib.cache import EmptyWhenDown

OPTIONS = {"OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.3}}


@pytest.fixture
def orphan(tmp_path: Path) -> EmptyWhenDown:
    """A cache whose Redis does not answer."""
    return EmptyWhenDown(f"unix://{tmp_path}/nobody-listens.sock", OPTIONS)


def test_what_is_there_already_is_not_added_twice(redis_url: str) -> None:
    cache = EmptyWhenDown(redis_url, OPTIONS)
    assert cache.add("lock", True, timeout=10) is True
    assert cache.add("lock", True, timeout=10) is False
    cache.delete("lock")
    assert cache.add("lock", True, timeout=10) is True


def test_without_redis_everything_can_be_added_and_nothing_is_kept(orphan: EmptyWhenDown) -> None:
    assert orphan.add("lock", True, timeout=10) is True
    assert orphan.add("lock", True, timeout=10) is True
    assert orphan.get("lock", []) == []
