"""The rules of intervals under random orders: a clock that moves, and verbs in any sequence.

Beside the rows stands a model of what readers should have at every instant; each step compares the two.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles import publishing
from articles.models import Article, Edition, EditionByline
from articles.workflow import BY_NAME, fits
from tests.factories import change, edith, make_article, publish, take_down

MINUTE = timedelta(minutes=1)
# Five-minute steps and five-minute schedules: the clock often stands on the very edge of an interval.
STEPS = st.integers(min_value=1, max_value=6).map(lambda n: n * 5 * MINUTE)
ANSWERS = st.sampled_from(publishing.Waiting.values)


class Story(RuleBasedStateMachine):
    """One story, the verbs, and what its readers should have."""

    clock: time_machine.Traveller

    @initialize()
    def begin(self):
        self.article = make_article()
        self.steps: dict[datetime, str | None] = {}
        self.expiries: set[datetime] = set()
        self.count = 0
        self.had: set[datetime] = set()

    def should_have(self, at: datetime) -> str | None:
        """What readers should have at a moment, by the model."""
        begun = [moment for moment in self.steps if moment <= at]
        if not begun or any(max(begun) < expiry <= at for expiry in self.expiries):
            return None
        return self.steps[max(begun)]

    def new_words(self) -> str:
        self.count += 1
        words = f"words {self.count}"
        change(self.article, dek=words)
        return words

    def waiting(self) -> list[datetime]:
        now = timezone.now()
        return sorted(at for at in self.steps if at > now)

    def forget_waiting(self):
        for at in self.waiting():
            del self.steps[at]

    @rule(step=STEPS)
    def time_passes(self, step):
        self.clock.shift(step)

    @rule(answer=ANSWERS)
    def publish_now(self, answer):
        words, waiting = self.new_words(), self.waiting()
        publish(self.article, waiting=publishing.Waiting(answer))
        if answer != "keep":
            self.forget_waiting()
        if answer == "recut" and waiting:
            self.steps[waiting[0]] = words
        self.place(timezone.now(), words)

    @rule(step=STEPS, answer=ANSWERS)
    def schedule(self, step, answer):
        at, words = timezone.now() + step, self.new_words()
        publish(self.article, at, waiting=publishing.Waiting(answer))
        if answer != "keep":
            self.forget_waiting()
        self.place(at, words)

    def place(self, at, words):
        self.steps[at] = words
        self.clock.shift(MINUTE)

    @precondition(lambda self: self.waiting())
    @rule(data=st.data(), step=STEPS)
    def reschedule(self, data, step):
        moment, at = data.draw(st.sampled_from(self.waiting())), timezone.now() + step
        edition = self.article.editions.waiting().get(live_at=moment)
        article = Article.objects.get(pk=self.article.pk)
        act = partial(publishing.reschedule, article, edition, version=article.version, by=edith(), at=at)
        if not self.has_room(moment, at):
            with pytest.raises(publishing.NotPossible):
                act()
            return
        act()
        self.steps[at] = self.steps.pop(moment)
        self.clock.shift(MINUTE)

    def has_room(self, moment: datetime, at: datetime) -> bool:
        """Whether what waits for `moment` may begin at `at`: past no other edition, nor any end."""
        before = max((step for step in self.steps if step < moment), default=datetime.min.replace(tzinfo=UTC))
        ends = {expiry for expiry in self.expiries if before < expiry}
        follows = {step for step in self.steps if step > moment} | {end for end in ends if end > moment}
        earliest = max((end for end in ends if end <= moment), default=before + timedelta.resolution)
        return at != moment and earliest <= at < min(follows, default=at + MINUTE)

    @precondition(lambda self: self.article.editions.filter(ends_at=None, live_at__lte=timezone.now()))
    @rule(step=STEPS)
    def expire_later(self, step):
        """No verb sets an expiry yet; the rules for one are there."""
        expiry = timezone.now() + step
        self.expiries.add(expiry)
        self.article.editions.filter(ends_at=None).update(ends_at=expiry, ended_as="expired")

    @rule(name=st.sampled_from(["unpublish", "retract", "unschedule", "bring_back"]))
    def take_down(self, name):
        article = Article.objects.get(pk=self.article.pk)
        before = {at for at in self.steps if at <= timezone.now()}
        last = next((self.steps[at] for at in sorted(before, reverse=True) if self.steps[at]), None)
        possible = fits(BY_NAME[name], article.stage, article.seen, waiting=bool(self.waiting()))
        was_live = self.should_have(timezone.now()) is not None
        if not possible:
            with pytest.raises(publishing.NotPossible):
                take_down(getattr(publishing, name), article)
            return
        take_down(getattr(publishing, name), article)
        self.forget_waiting()
        if name == "bring_back":
            self.steps[timezone.now()] = last
        elif name != "unschedule" and was_live:
            self.steps[timezone.now()] = None
            self.expiries = {expiry for expiry in self.expiries if expiry <= timezone.now()}
        self.clock.shift(MINUTE)

    @invariant()
    def readers_have_what_the_model_says(self):
        editions = list(self.article.editions.standing())
        edges = {at for row in editions for at in (row.live_at, row.ends_at) if at} | {timezone.now()}
        for at in sorted(edge + shift for edge in edges for shift in (-timedelta.resolution, timedelta(0))):
            live = [row.dek for row in editions if row.live_at <= at and (row.ends_at is None or row.ends_at > at)]
            expected = self.should_have(at)
            assert live == ([expected] if expected else []), at

    @invariant()
    def at_most_one_is_live_and_at_most_one_is_open(self):
        assert self.article.editions.live().count() <= 1
        assert self.article.editions.filter(ends_at=None).count() <= 1

    @invariant()
    def the_date_never_changes_once_readers_had_it(self):
        dates = set(self.article.editions.begun().values_list("published_at", flat=True))
        assert len(dates) <= 1
        self.had |= dates
        assert len(self.had) <= 1
        waiting = self.article.editions.waiting().values_list("published_at", flat=True)
        assert not self.had or set(waiting) <= self.had

    @invariant()
    def links_say_what_their_editions_say(self):
        links = EditionByline.objects.filter(article=self.article).select_related("edition")
        assert all(link.published_at == link.edition.published_at for link in links)

    @invariant()
    def numbers_run_and_the_constraints_hold(self):
        editions = list(Edition.objects.filter(article=self.article).order_by("number"))
        assert [row.number for row in editions] == list(range(1, len(editions) + 1))
        for row in editions:
            row.validate_constraints()

    @invariant()
    def every_path_readers_had_is_the_storys(self):
        paths = set(self.article.editions.begun().values_list("path", flat=True))
        assert paths <= set(self.article.addresses.values_list("path", flat=True))


@pytest.mark.django_db
def test_whatever_happens_in_whatever_order_the_rules_of_intervals_hold():
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False) as clock:
        machine = type("Story", (Story,), {"clock": clock})
        slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
        quick = settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=slow,
            # A failing story is short enough to read; making it shorter takes minutes.
            phases=[Phase.reuse, Phase.generate],
        )
        run_state_machine_as_test(machine, settings=quick)
