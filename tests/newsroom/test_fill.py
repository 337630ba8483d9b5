"""Filling a database with a large paper: here a small one, of which all that is true of a large one is asked."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Max, Q
from django.test import Client

from articles.body.compile import compile_body
from articles.models import Article, Edition, EditionTopic, Event, Revision, SearchEntry
from articles.models.parts import parts_of
from articles.search import index
from comments.models import Comment, Discussion
from comments.workflow import State
from newsroom.management.commands import fill as command
from newsroom.models import User
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

SMALL = {"stories": 60, "editions": 100, "comments": 1_300, "verbosity": 0}


def fill(**options: int | bool) -> None:
    call_command("fill", **SMALL | options)


def status_of(path: str, user: User | None = None) -> int:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(path).status_code


@pytest.mark.postgres
def test_a_filled_paper_can_be_read_edited_and_moderated_and_all_its_counters_are_right():
    fill()
    assert (Article.objects.count(), Edition.objects.count(), Comment.objects.count()) == (60, 100, 1_300)
    story = Edition.objects.live().newest_first()[5]
    topic = EditionTopic.objects.live().first().topic
    word = story.headline.split()[-1]
    for path in ("/", story.parts["section"]["path"], topic.get_absolute_url(), story.path, f"/search/?q={word}"):
        assert status_of(path) == 200, path
    for path in (
        f"/comments/{story.article_id}/",
        "/feed/",
        "/sitemap.xml",
        "/archive/",
        story.parts["bylines"][0]["path"],
    ):
        assert status_of(path) == 200, path
    list_page = "/admin/articles/article/"
    editor, moderator = User.objects.get(username="editor-1"), User.objects.get(username="moderator-1")
    for path in ("/admin/", list_page, f"{list_page}{story.article_id}/change/", f"{list_page}calendar/"):
        assert status_of(path, editor) == 200, path
    for path in ("/desk/", "/desk/unreviewed/", "/desk/reported/"):
        assert status_of(path, moderator) == 200, path
    counters_are_what_is_there()
    threads_are_whole()
    intervals_do_not_overlap()
    words_are_what_compiling_makes()
    # The next of each kind takes a number after those that were written.
    make_edition()


def counters_are_what_is_there() -> None:
    counted = Discussion.objects.annotate(
        said=Count("comments"),
        shown=Count("comments", filter=Q(comments__state=State.SHOWN)),
        held=Count("comments", filter=Q(comments__state=State.HELD)),
        last=Max("comments__posted_at"),
    )
    assert max(row.seq for row in counted) == 200
    for row in counted:
        assert (row.seq, row.shown_count, row.held_count, row.last_at) == (row.said, row.shown, row.held, row.last)
    liked = Comment.objects.annotate(liked=Count("likes")).values_list("like_count", "liked")
    assert all(count == number for count, number in liked)
    assert any(count for count, _ in liked)


def threads_are_whole() -> None:
    branches = Comment.objects.filter(root=None).annotate(
        size=Count("branch"), shown=Count("branch", filter=Q(branch__state=State.SHOWN))
    )
    for root in branches:
        assert (root.branch_size, root.shown_replies) == (root.size, root.shown)
    for reply in Comment.objects.exclude(parent=None).select_related("parent"):
        assert reply.root_id == (reply.parent.root_id or reply.parent_id)
        assert reply.discussion_id == reply.parent.discussion_id
        assert (reply.parent.seq, reply.parent.posted_at) < (reply.seq, reply.posted_at)


def intervals_do_not_overlap() -> None:
    assert set(Edition.objects.values_list("ended_as", flat=True)) >= {"", "superseded"}
    for article in Article.objects.all():
        for first, second in pairwise(article.editions.order_by("live_at")):
            assert first.ends_at is not None
            assert first.ends_at <= second.live_at


def words_are_what_compiling_makes() -> None:
    """And what saving, cutting and indexing would have written."""
    for edition in Edition.objects.all()[::5]:
        compiled, draft = compile_body(edition.draft.body), edition.draft
        assert (str(compiled.html), compiled.text, compiled.words) == (edition.html, edition.text, edition.words)
        assert (draft.to_json(), parts_of(draft).to_json()) == (edition.source, edition.parts)
        assert Revision.objects.get(article=edition.article_id, version=2 * edition.number).draft == draft
        assert Event.objects.filter(article=edition.article_id, edition=edition).exists()
    entries = SearchEntry.objects.filter(edition__past=False).order_by("-pk")
    assert not index.lacking().exists()
    before = list(entries.values())
    index.rewrite([entry.pk for entry in entries])
    assert list(entries.values()) == before


@pytest.mark.postgres
def test_a_paper_is_added_to_another_only_where_one_says_so_and_the_same_seed_makes_the_same():
    fill()
    with pytest.raises(CommandError, match="--add"):
        fill()
    fill(add=True)
    headlines = list(Article.objects.order_by("pk").values_list("headline", flat=True))
    assert len(headlines) == 120
    assert headlines[:60] == headlines[60:]
    with pytest.raises(CommandError, match="at least"):
        fill(add=True, editions=3)


def test_other_databases_than_postgresql_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(f"{command.__name__}.connection", SimpleNamespace(vendor="sqlite"))
    with pytest.raises(CommandError, match="DATABASE_URL"):
        fill()
