"""Pages that are kept: for whom, in which form, how long, and how many make them."""

import gzip
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import time_machine
from django.conf import settings as site
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings
from redis import Redis

from articles import publishing
from comments import liking
from newsroom.caching import middleware
from newsroom.caching.keeper import Address
from newsroom.caching.middleware import address_of
from newsroom.caching.page import Page, Position
from newsroom.caching.stale import Verdict
from newsroom.caching.stores import Memory
from newsroom.lib.facts import changed
from tests.factories import edith, make_edition, make_shown_comment, mo, ravi, republish, rosa, take_down, visit

from .conftest import Asked, Process

pytestmark = pytest.mark.django_db(transaction=True)

Two = tuple[Process, Process]
BUSY, READERS = 2.2, 50


def test_a_page_is_made_once_and_given_in_every_form(two: Two, bare: Asked) -> None:
    path = make_edition(body="<p>A ferry, at sea.</p>" * 40).path
    content = bare(path).content
    plain = two[0].get(path)
    packed = two[1].get(path, **{"Accept-Encoding": "gzip, deflate"})
    small = two[0].get(path, **{"Accept-Encoding": "gzip;q=1.0, br;q=0.9"})
    assert two[0].made + two[1].made == [path]
    assert plain.content == gzip.decompress(packed.content) == brotli.decompress(small.content) == content
    assert [answer.get("Content-Encoding") for answer in (plain, packed, small)] == [None, "gzip", "br"]
    assert [int(answer["Content-Length"]) for answer in (plain, packed, small)] == [
        len(answer.content) for answer in (plain, packed, small)
    ]
    assert {answer["ETag"] for answer in (plain, packed, small)} == {plain["ETag"]}
    assert plain["Content-Security-Policy"] == bare(path)["Content-Security-Policy"]
    refused = two[0].get(path, **{"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert "Content-Encoding" not in refused
    known = two[0].get(path, **{"If-None-Match": plain["ETag"]})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", plain["ETag"])
    assert "Content-Security-Policy" not in known
    head = two[0].cache(RequestFactory().head(path))
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", plain["Content-Length"])
    assert two[0].made + two[1].made == [path]


def test_a_page_is_nobodys_own_whoever_asked_for_it_first(two: Two, redis_url: str) -> None:
    """With a session, a parameter that no page looks at, and headers that try to get in."""
    edition = make_edition()
    client = visit(mo())
    odd = {"HTTP_COOKIE": f"{site.SESSION_COOKIE_NAME}={client.cookies[site.SESSION_COOKIE_NAME].value}"}
    odd |= {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_IF_NONE_MATCH": '"x"', "HTTP_RANGE": "bytes=0-3"}
    two[0].cache(RequestFactory().get(edition.path + "?utm_source=evil&x=evil", **odd))
    page = two[0].kept(edition.path)
    assert page is not None
    assert two[1].get(edition.path + "?fbclid=1").content == page.bodies[""]
    assert len(two[1].made) == 0
    for path in ("/accounts/", "/desk/", "/admin/", f"/comments/{edition.article_id}/me/", "/nowhere/", "/tv/nothing/"):
        two[0].cache(RequestFactory().get(path, **odd))
        assert two[0].kept(path) is None, path
    kept = Redis.from_url(redis_url)
    stored = b"".join(kept.get(key) or b"" for key in kept.keys("newsroom:page:*")).lower()
    assert stored
    for secret in (b"evil", b"set-cookie", b"csrf", mo().username.encode() + b"@", odd["HTTP_COOKIE"].lower().encode()):
        assert secret not in stored, secret
    other = two[0].cache(RequestFactory().get(edition.path, headers={"host": "127.0.0.1"}))
    assert (other.status_code, two[0].made.count(edition.path)) == (200, 2)
    assert two[0].cache(RequestFactory().post(edition.path)).status_code == 403
    assert two[0].get("/?" + "a=1&" * 200).status_code in {200, 400}


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each of them gives, all begun at the same moment."""
    together = threading.Barrier(len(calls))

    def call(one: Callable[[], object]) -> object:
        together.wait()
        try:
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(call, calls))


def test_of_fifty_readers_at_a_purge_one_has_the_page_made(two: Two) -> None:
    edition = make_edition(headline="Before")
    for process in two:
        process.get(edition.path)
        process.made.clear()
    republish(edition.article, headline="After")
    answers = at_once(
        *(lambda process=process: process.get(edition.path) for process in two for _ in range(READERS // 2))
    )
    assert len(two[0].made + two[1].made) == 1
    assert all(b"After" in answer.content for answer in answers)


def test_what_is_told_while_a_page_is_made_is_in_it(two: Two) -> None:
    edition, first = make_edition(headline="Before"), two[0]
    render, rounds = first.get_response, []

    def slow(request: object) -> object:
        response = render(request)
        if not rounds:
            rounds.append(republish(edition.article, headline="After"))
        return response

    first.get_response = slow
    assert b"After" in first.get(edition.path).content
    assert first.made == [edition.path] * 2


def is_fresh(process: Process, path: str) -> bool:
    page = process.kept(path)
    return page is not None and process.cache.keeper.verdict(page, time.time()) is Verdict.FRESH


def test_a_busy_discussion_is_made_once_a_second_and_nobody_waits(two: Two) -> None:
    edition = make_edition()
    comment = make_shown_comment(edition, by=rosa())
    for process in two:
        process.get(edition.path)
        process.made.clear()
        process.makers.clear()
    until, likes = time.time() + BUSY, 0
    while time.time() < until:
        (liking.unlike if likes % 2 else liking.like)(comment, by=ravi())
        likes += 1
        for process in two:
            process.get(edition.path)
    assert likes > 2
    assert 1 <= len(two[0].made + two[1].made) <= BUSY + 1
    assert two[0].makers | two[1].makers == {"pages"}
    until = time.time() + 5
    while not all(is_fresh(process, edition.path) for process in two) and time.time() < until:
        for process in two:
            process.get(edition.path)
        time.sleep(0.05)
    assert all(is_fresh(process, edition.path) for process in two)


def test_without_redis_pages_are_right_and_after_it_is_back_too(two: Two, settings: Settings, tmp_path: Path) -> None:
    edition = make_edition(headline="Before")
    two[0].get(edition.path)
    log = middleware.the_log()
    assert isinstance(log, middleware.SharedLog)
    there, log._redis = log._redis, middleware.open_redis(f"unix://{tmp_path}/nobody-listens.sock")
    republish(edition.article, headline="After")
    assert b"After" in two[0].get(edition.path).content
    assert two[0].kept(edition.path) is None
    assert b"After" in two[0].get(edition.path).content
    log._redis = there
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        log._away_until = 0.0
        assert b"After" in two[0].get(edition.path).content
        assert two[0].kept(edition.path) is not None
        # What could not be told then has been told now.
        assert not log._unsent


def test_a_redis_that_has_lost_what_it_had_is_noticed_though_it_answers(two: Two, redis_url: str) -> None:
    edition = make_edition(headline="Before")
    for process in two:
        process.get(edition.path)
    take_down(publishing.retract, edition.article)
    Redis.from_url(redis_url).flushall()
    assert [process.get(edition.path).status_code for process in two] == [410, 410]
    for process in two:
        assert process.get("/tv/").content == process.get("/tv/").content
        assert process.kept("/tv/") is not None


def test_the_clock_changes_pages_that_nobody_touched(two: Two) -> None:
    """A story begins, is superseded and ends; pages say to others no more than that."""
    now = timezone.now()
    edition = make_edition(now + timedelta(minutes=5), headline="Quetzal", slug="first")
    assert two[0].get(edition.path).status_code == 404
    assert b"Quetzal" not in two[0].get("/tv/").content
    stale = {part.split("=")[0]: part for part in two[0].get("/tv/")["Cache-Control"].split(", ")}
    assert int(stale["stale-if-error"].split("=")[1]) <= 240
    with time_machine.travel(now + timedelta(minutes=5, seconds=1)):
        assert b"Quetzal" in two[0].get("/tv/").content
        assert b"Quetzal" in two[1].get(edition.path).content
        republish(edition.article, timezone.now() + timedelta(seconds=20), headline="Ocelot")
        assert b"Quetzal" in two[0].get(edition.path).content
        control = two[0].get(edition.path)["Cache-Control"]
        assert "s-maxage=0" in control
        assert "stale-if-error=0" in control
        article = edition.article
        article.refresh_from_db()
        publishing.expire(article, version=article.version, by=edith(), at=timezone.now() + timedelta(seconds=40))
    with time_machine.travel(now + timedelta(minutes=5, seconds=22)):
        for process in two:
            assert b"Ocelot" in process.get(edition.path).content
            assert b"Ocelot" in process.get("/tv/").content
    with time_machine.travel(now + timedelta(minutes=5, seconds=43)):
        for process in two:
            assert process.get(edition.path).status_code == 404
            assert b"Ocelot" not in process.get("/tv/").content


def test_a_site_of_one_process_needs_no_redis(settings: Settings, handler: BaseHandler) -> None:
    settings.PAGE_CACHE, settings.PAGE_CACHE_GOOD_FOR = "alone", 0.0
    middleware.the_log.cache_clear()
    alone = Process(handler.get_response)
    edition = make_edition(headline="Before")
    assert alone.get(edition.path).content == alone.get(edition.path).content
    assert alone.made == [edition.path]
    take_down(publishing.retract, edition.article)
    assert alone.get(edition.path).status_code == 410
    middleware.the_log.cache_clear()


def test_what_one_process_forgets_another_does_not_and_everything_can_be_dropped(two: Two) -> None:
    edition = make_edition()
    two[0].get(edition.path)
    two[0].cache.keeper.memory.clear()
    two[0].get(edition.path)
    assert two[0].made == [edition.path]
    changed("everything")
    two[0].get(edition.path)
    assert two[0].made == [edition.path] * 2


def page_of(size: int) -> Page:
    return Page({}, {"": b"x" * size}, frozenset(), Position(), 0.0)


def test_memory_keeps_what_is_asked_for() -> None:
    memory = Memory(10 * (1000 + 4096))
    for number in range(10):
        memory.put(str(number), page_of(1000))
    assert memory.get("0")
    for number in range(10, 19):
        memory.put(str(number), page_of(1000))
    assert memory.get("0")
    assert memory.get("1") is None
    assert memory.get("18")


def test_an_address_has_only_what_pages_look_at() -> None:
    asked = RequestFactory().get("/search/?utm=1&q=ferry&sort=date", headers={"host": "LocalHost"})
    assert address_of(asked) == Address("http", "localhost", "/search/", "q=ferry&sort=date")
