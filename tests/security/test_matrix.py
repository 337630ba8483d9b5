"""The permission matrix: everybody at every address of the admin and the desk, with a story in every state.

What is expected is the table in rules.py. An answer is judged by its status, by its words, and by what was written.
"""

import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.html import escape
from django.utils.module_loading import import_string

from articles.models import Article
from tests.security.rules import OPENERS, RULES, Act, Rule
from tests.security.walking import fill, holes, staff_patterns
from tests.security.world import CAST, FORMER, MAKE, SECRET, Sample, World, make_world, visit_as, watching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quiet", "_here_to_stay")]

TURNED_AWAY = {302, 401, 403, 404, 405, 409}
# Opening a story's page tells colleagues that one is there; sessions are not the paper's.
BESIDE = {"django_session"}
PRESENCE = "articles_presence"
# Each company has a paper of its own. For these the state of a story makes a difference; the others, for whom a door is
# open or shut, try some states here and all of them under CI.
CLOSE = {"its writer", "editor", "another writer", "editor elsewhere"}
COMPANIES = (
    ("its writer",),
    ("editor",),
    ("another writer", "editor elsewhere"),
    ("editor of the section", "superuser"),
    ("anonymous", "reader", "not staff", "inactive", "without a role", "moderator"),
)
SOME = ("draft", "live, changed", "scheduled", "unpublished", "trashed")
# All that an address takes is sent by the editor for every story; by the others for these, and one thing for the rest.
SENT_ALL = {"draft", "ready"}
SHOWS_WHO_IS_THERE = "/admin/articles/article/<path:object_id>/change/"


@pytest.fixture
def _quiet() -> Iterator[None]:
    """Thousands are turned away here; a line in the log for each would take longer than turning them away."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def _here_to_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has a story open is there as long as this takes, on the slowest machine."""
    monkeypatch.setattr("articles.models.presence.GONE_AFTER", timedelta(days=1))


def test_nobody_is_left_out():
    assert sorted(who for people in COMPANIES for who in people) == sorted(CAST)


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(staff_patterns()) - set(RULES) == set(), "no rule says who may go there"
    assert set(RULES) - set(staff_patterns()) == set(), "there is no such address"


# --- Trying ----------------------------------------------------------------------------------------


def address(world: World, pattern: str, sample: Sample) -> str:
    """Where the pattern leads to for this story."""
    rule, known = RULES[pattern], world.others | sample.holes
    values = {name: known[rule.rows.get(name, name)] for name in holes(pattern)}
    return fill(pattern, values) + rule.query


def is_of_a_story(world: World, pattern: str) -> bool:
    """Whether another story has another address there."""
    rows = RULES[pattern].rows
    return any(rows.get(name, name) not in world.others for name in holes(pattern))


def samples_for(world: World, pattern: str) -> list[Sample]:
    """The stories with which the address is tried: all, or one where they make no difference."""
    every = list(world.samples.values())
    return every if is_of_a_story(world, pattern) or RULES[pattern].of_many else every[:1]


class Visitor:
    """One of the cast with a browser, whose every request is undone."""

    def __init__(self, name: str, **options: Any) -> None:
        self.name, self.client = name, visit_as(name, **options)
        self.cookies = self.client.cookies.copy()

    def ask(self, method: str, url: str, data: dict[str, Any] | None = None) -> "Answer":
        self.client.cookies = self.cookies.copy()
        with transaction.atomic(), watching() as watch:
            response = getattr(self.client, method)(url, data or {})
            answer = Answer(response, watch.tables - BESIDE)
            transaction.set_rollback(True)
        return answer


class Answer:
    """What came back, and what was written."""

    def __init__(self, response: Any, written: set[str]) -> None:
        self.status, self.written = response.status_code, written
        body = b"".join(response.streaming_content) if response.streaming else response.content
        self.words = body.decode(errors="replace")
        self.all = f"{self.words} {response.serialize_headers()}".lower()

    def forget(self, sent: dict[str, Any]) -> None:
        """Words that come back to whoever sent them are no secret."""
        for value in sorted((one for one in sent.values() if isinstance(one, str)), key=len, reverse=True):
            self.all = self.all.replace(escape(value).lower(), "") if value.strip() else self.all

    def __str__(self) -> str:
        return f"{self.status}, wrote {', '.join(sorted(self.written)) or 'nothing'}"


def problems(world: World, who: str, patterns: list[str]) -> Iterator[str]:
    """What differs from the table for one of the cast at these addresses, in words."""
    visitor = Visitor(who)
    for pattern in patterns:
        for sample in samples_for(world, pattern):
            where = f"{who}, {sample.state}: {{}} {pattern}"
            url = address(world, pattern, sample)
            state = sample.state if is_of_a_story(world, pattern) else None
            for wrong in reading(RULES[pattern], pattern, visitor, url, sample, state):
                yield f"{where.format('GET')} {wrong}"
            acts = RULES[pattern].acts or [Act("send nothing", {})]
            for act in acts if who == "editor" or sample.state in SENT_ALL else acts[:1]:
                for wrong in sending(RULES[pattern], act, visitor, url, sample, state):
                    yield f"{where.format(f'POST ({act.name})')} {wrong}"


def granted(grant: Any, who: str, state: str | None) -> bool:
    """Whether a grant covers this; without a state, whether it covers any."""
    return bool(grant.get(who)) if state is None else state in grant.get(who, ())


def reading(rule: Rule, pattern: str, visitor: Visitor, url: str, sample: Sample, state: str | None) -> Iterator[str]:
    who, answer = visitor.name, visitor.ask("get", url)
    expected = {200} if granted(rule.reads, who, state) else {302} if granted(rule.goes, who, state) else TURNED_AWAY
    if answer.status not in expected:
        yield f"should have answered {expected}: {answer}"
    if granted(rule.sees, who, state) and sample.word not in answer.words:
        yield "does not show the story"
    yield from secrets(rule, who, answer)
    if answer.written - ({PRESENCE} if pattern == SHOWS_WHO_IS_THERE else set()):
        yield f"changes something: {answer}"


def sending(rule: Rule, act: Act, visitor: Visitor, url: str, sample: Sample, state: str | None) -> Iterator[str]:
    who, data = visitor.name, act.data(sample)
    answer = visitor.ask("post", url, data)
    answer.forget(data)
    if granted(act.grant, who, sample.state):
        if not answer.written or answer.status >= 400:
            yield f"should have changed something: {answer}"
    elif answer.written:
        yield f"changes something: {answer}"
    elif answer.status not in TURNED_AWAY and not takes_part(rule, who, state):
        yield f"should have been turned away: {answer}"
    yield from secrets(rule, who, answer)


def takes_part(rule: Rule, who: str, state: str | None) -> bool:
    """Whether a person has any business at an address, if not with what they sent."""
    grants = (rule.reads, rule.takes, *(act.grant for act in rule.acts))
    return any(granted(grant, who, state) for grant in grants)


def secrets(rule: Rule, who: str, answer: Answer) -> Iterator[str]:
    secret = {SECRET} if rule.tells_what_was else {SECRET, FORMER}
    if who not in OPENERS and any(word.lower() in answer.all for word in secret):
        yield f"lets out words of the story: {answer}"
    if answer.status >= 500:
        yield f"breaks: {answer}"


# Who may do what does not depend on the database: it is tried on one of them.
@pytest.mark.postgres
@pytest.mark.parametrize("people", COMPANIES, ids=lambda people: people[0])
def test_everybody_at_every_address(people):
    states = MAKE if "CI" in os.environ or CLOSE & set(people) else SOME
    world = make_world(*states)
    told(wrong for who in people for wrong in problems(world, who, staff_patterns()))


def told(wrong: Iterator[str]) -> None:
    """Fail with what is wrong, a line each."""
    if lines := list(wrong):
        pytest.fail("\n".join(lines), pytrace=False)


# --- Whoever may do everything ---------------------------------------------------------------------


def test_nothing_is_taken_without_a_token():
    world, root = make_world("live"), Visitor("superuser", enforce_csrf_checks=True)
    for pattern in staff_patterns():
        sample = samples_for(world, pattern)[0]
        for act in RULES[pattern].acts or [Act("send nothing", {})]:
            answer = root.ask("post", address(world, pattern, sample), act.data(sample))
            assert (answer.status, answer.written) == (403, set()), f"{act.name}: {pattern}"


def test_looking_changes_nothing():
    """GET is tried above; whoever only asks for the head of a page does not even come in."""
    world, root = make_world("live"), Visitor("superuser")
    for pattern in staff_patterns():
        url = address(world, pattern, world.samples["live"])
        for method in ("head", "options"):
            assert root.ask(method, url).written == set(), f"{method} {pattern}"


# --- Doors opened on purpose -----------------------------------------------------------------------

AT = "/admin/articles/article/"
CHANGE, EMBARGO, EXPORT = SHOWS_WHO_IS_THERE, f"{AT}<int:pk>/embargo/", "/admin/articles/event/export/"


def may_all(*args: Any, **kwargs: Any) -> bool:
    return True


def everything(self: Any, user: Any) -> Any:
    return self


@pytest.mark.parametrize(
    ("who", "pattern", "door", "opened", "told_of"),
    [
        ("another writer", CHANGE, "articles.models.article.ArticleQuerySet.of", everything, "changes something"),
        ("another writer", EMBARGO, "articles.models.article.ArticleQuerySet.of", everything, "lets out words"),
        ("editor elsewhere", CHANGE, "articles.models.article.sections_of", lambda user: frozenset(), "lets out words"),
        ("its writer", CHANGE, "newsroom.models.User.has_perm", may_all, "changes something"),
        ("without a role", f"{AT}add/", "articles.admin.article.ArticleAdmin.has_add_permission", may_all, "200"),
        ("without a role", EXPORT, "articles.admin.audit.EventAdmin.has_view_permission", may_all, "200"),
        ("reader", "/admin/", "newsroom.admin_site.NewsroomAdminSite.has_permission", may_all, "200"),
        ("editor", "/desk/", "newsroom.models.User.has_perm", may_all, "200"),
    ],
)
def test_an_open_door_is_told_of(monkeypatch, who, pattern, door, opened, told_of):
    world = make_world("draft")
    assert list(problems(world, who, [pattern])) == []
    monkeypatch.setattr(door, opened)
    assert any(told_of in line for line in problems(world, who, [pattern]))


def test_a_page_that_writes_when_it_is_read_is_told_of(monkeypatch):
    world = make_world("draft")
    notes = "articles.admin.notes_page.show"
    shown = import_string(notes)

    def careless(site_of: Any, request: Any, article: Any, **more: Any) -> Any:
        Article.objects.filter(pk=article.pk).update(version=99)
        return shown(site_of, request, article, **more)

    monkeypatch.setattr(notes, careless)
    assert any("changes something" in line for line in problems(world, "editor", [f"{AT}<int:pk>/notes/"]))
