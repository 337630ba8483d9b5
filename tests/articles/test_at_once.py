"""Several people in the same instant, on real connections: one of them wins, the others are told."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import editing, publishing
from articles.models import Article, Edition
from tests.factories import edith, make_article, make_edition, make_user, republish

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 8


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """What each of `count` threads got: the result of `act`, or the exception it raised."""
    gate, got = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        try:
            gate.wait()
            got[number] = act(number)
        except Exception as error:
            got[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def only(kind: type, got: list) -> list:
    return [result for result in got if isinstance(result, kind)]


def test_eight_who_publish_at_once_make_one_edition():
    article, editor = make_article(), edith()
    got = at_once(MANY, lambda _: publishing.publish(article, version=article.version, by=editor))
    assert (len(only(Edition, got)), len(only(editing.Conflict, got))) == (1, MANY - 1)
    assert article.editions.count() == article.editions.live().count() == 1


def test_of_eight_who_move_an_edition_at_once_one_does():
    soon = timezone.now() + timedelta(days=1)
    article, editor = make_edition().article, edith()
    edition = republish(article, soon)
    article = Article.objects.get(pk=article.pk)
    moments = [soon + timedelta(hours=number + 1) for number in range(MANY)]
    verb = publishing.reschedule
    got = at_once(MANY, lambda n: verb(article, edition, version=article.version, by=editor, at=moments[n]))
    moved = only(Edition, got)
    assert (len(moved), len(only(editing.Conflict, got))) == (1, MANY - 1), got
    assert article.live_edition.ends_at == article.waiting_edition.live_at == moved[0].live_at


def test_of_eight_who_save_at_once_one_is_kept_and_seven_are_told():
    article, editor = make_article(), edith()
    drafts = [replace(article.draft, headline=f"Version of {number}") for number in range(MANY)]
    got = at_once(MANY, lambda n: editing.save(article, drafts[n], version=article.version, by=editor))
    kept = only(Article, got)
    assert (len(kept), len(only(editing.Conflict, got))) == (1, MANY - 1)
    now = Article.objects.get(pk=article.pk)
    assert (now.headline, now.version) == (kept[0].headline, article.version + 1)
    assert now.revisions.count() == 2


def test_two_stories_that_want_the_same_address_at_once_both_get_one():
    stories, editor = [make_article(headline="The same") for _ in range(4)], edith()
    got = at_once(4, lambda n: publishing.publish(stories[n], version=stories[n].version, by=editor))
    assert len({edition.path for edition in only(Edition, got)}) == 4, got


def test_one_who_retracts_while_another_publishes_a_change_leaves_no_two_live():
    edition, editor, boss = make_edition(), edith(), make_user("boss", "Editor", is_staff=True)
    article = Article.objects.get(pk=edition.article_id)
    article = editing.save(article, replace(article.draft, dek="Fix"), version=article.version, by=editor)
    verbs = [
        lambda: publishing.publish(article, version=article.version, by=editor),
        lambda: publishing.retract(article, version=article.version, by=boss, note="Wrong."),
    ]
    got = at_once(2, lambda n: verbs[n]())
    assert len(only(editing.Conflict, got)) == 1, got
    assert article.editions.live().count() <= 1
