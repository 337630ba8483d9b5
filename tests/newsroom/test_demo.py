"""The demo paper: there with one command, only once, and never in production."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles.models import Article, Author, Correction, Edition, Image, Section, Topic
from articles.workflow import Seen
from comments.models import Comment, Discussion
from comments.workflow import State
from newsroom.demo import loading
from newsroom.demo.loading import PASSWORD
from newsroom.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick_posters(monkeypatch):
    """The posters, drawn small: their looks are not what is tested here."""
    draw = loading.draw
    monkeypatch.setattr(loading, "draw", lambda title, **poster: draw(title, **(poster | {"size": (96, 54)})))


def run() -> str:
    said = io.StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


@pytest.mark.usefixtures("quick_posters")
def test_the_demo_is_a_whole_paper(settings):
    settings.DEBUG = True
    said = run()
    assert all(f"{name:<6} {PASSWORD}" in said for name in ("rory", "edith", "mo", "rosa"))
    assert (Section.objects.count(), Author.objects.count(), Topic.objects.count()) == (6, 6, 25)
    assert Edition.objects.live().count() >= 30
    assert Image.objects.count() > Article.objects.count()
    assert Image.objects.filter(alt="").count() == 0
    assert {article.seen for article in Article.objects.all()} == {
        Seen.LIVE,
        Seen.NEVER,
        Seen.SCHEDULED,
        Seen.RETRACTED,
    }
    states = list(Comment.objects.values_list("state", flat=True))
    assert len(states) >= 140
    assert states.count(State.HELD) >= 10
    assert states.count(State.REJECTED) >= 4
    for discussion in Discussion.objects.all():
        shown = discussion.comments.filter(state=State.SHOWN).count()
        held = discussion.comments.filter(state=State.HELD).count()
        assert (discussion.shown_count, discussion.held_count) == (shown, held)
    told = Correction.objects.public()
    assert {row.kind for row in told} == {"correction", "clarification"}
    assert {row.place for row in told} == {"top", "foot"}
    assert all(row.article.live_edition.published_at < row.at < timezone.now() for row in told)
    newest = Edition.objects.live().newest_first().first()
    assert (timezone.now() - newest.published_at).total_seconds() < 3600
    assert Comment.objects.filter(posted_at__gt=timezone.now()).count() == 0
    assert "nothing loaded" in run()
    assert Client().get("/").status_code == 200


def test_outside_debug_the_demo_is_refused(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG only"):
        run()
    assert not User.objects.exists()


def test_outside_debug_the_demos_people_do_not_get_in(settings):
    User.objects.create_user("edith", "edith@example.com", PASSWORD, is_demo=True, is_staff=True)
    settings.DEBUG = True
    assert authenticate(None, username="edith", password=PASSWORD)
    client = Client()
    client.force_login(User.objects.get())
    assert client.get("/accounts/").status_code == 200
    settings.DEBUG = False
    assert authenticate(None, username="edith", password=PASSWORD) is None
    assert client.get("/accounts/").status_code == 302
