"""A hundred comments cleared with the keyboard alone, without a page loaded: how many keys, how many milliseconds."""

import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.factories import make_comment, make_edition, make_user, mo

MANY = 100
# What is pressed for each of ten comments in turn.
PRESSED = ("a", "a", "a", "a", "s", "r1", "a", "r3", "a", "r6")
WHAT = {"a": "approve", "s": "reject as spam", "r": "reject for a reason"}


class Clock:
    """Notes how long the server takes over each ruling."""

    def __init__(self) -> None:
        self.begun = threading.local()
        self.took: list[float] = []

    def begin(self, environ: dict[str, str], **_: object) -> None:
        self.begun.at = time.perf_counter() if environ["REQUEST_METHOD"] == "POST" else None

    def end(self, **_: object) -> None:
        if self.begun.at:
            self.took.append(1000 * (time.perf_counter() - self.begun.at))


def test_a_hundred_are_cleared_by_keyboard_alone(
    new_person: Callable[..., Page], capsys: pytest.CaptureFixture[str]
) -> None:
    edition, nell = make_edition(), make_user("nell")
    for number in range(MANY):
        make_comment(edition, by=nell, body=f"Comment no. {number}.")
    page = new_person(mo())
    page.goto("/desk/")
    page.evaluate("window.stays = true")
    keys: Counter[str] = Counter()
    clock = Clock()
    request_started.connect(clock.begin)
    request_finished.connect(clock.end)
    page.keyboard.press("j")
    try:
        for number in range(MANY):
            expect(page.locator(".held:focus")).to_contain_text(f"Comment no. {number}.")
            pressed = PRESSED[number % len(PRESSED)]
            for key in pressed:
                page.keyboard.press(key)
            keys[pressed[0]] += len(pressed)
        expect(page.locator("main")).to_contain_text("Nothing waits")
    finally:
        request_started.disconnect(clock.begin)
        request_finished.disconnect(clock.end)
    assert page.evaluate("window.stays") is True
    rounds = MANY // len(PRESSED)
    decisions = {first: rounds * sum(one[0] == first for one in PRESSED) for first in WHAT}
    assert {first: keys[first] / decisions[first] for first in WHAT} == {"a": 1, "s": 1, "r": 2}
    assert Comment.objects.filter(state="shown").count() == decisions["a"]
    assert Comment.objects.filter(state="rejected").count() == MANY - decisions["a"]
    assert len(clock.took) == MANY
    with capsys.disabled():
        for first, what in WHAT.items():
            print(f"\n{what}: {decisions[first]} decisions, {keys[first] / decisions[first]:.0f} key(s) each", end="")
        print(f"\nthe server: {statistics.median(clock.took):.0f} ms a decision (median of {MANY})")
