"""Rolling back: readers get an old edition again, and the working copy is left alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import publishing
from articles.editing import Conflict
from articles.models import Article, Edition
from tests.factories import change, edith, make_article, make_edition, mo, publish, republish, rory, take_down

pytestmark = pytest.mark.django_db


def roll_back(edition: Edition, **options: object) -> Edition:
    article = Article.objects.get(pk=edition.article_id)
    options = {"version": article.version, "by": edith()} | options
    return publishing.roll_back(article, edition, **options)


def test_readers_get_the_old_words_again_at_the_same_address(client):
    first = make_edition(headline="The first words", slug="ferry")
    republish(first.article, headline="The second words")
    again = roll_back(first)
    page = client.get(first.path).text
    assert "The first words" in page
    assert "The second words" not in page
    assert (again.number, again.source, again.is_live) == (3, first.source, True)
    assert again.published_at == first.published_at


def test_the_working_copy_is_left_alone_and_no_longer_called_unchanged():
    first = make_edition(headline="The first words")
    republish(first.article, headline="The second words")
    roll_back(first)
    article = Article.objects.get()
    assert article.headline == "The second words"
    assert article.stage == "draft"


def test_a_working_copy_in_review_stays_there():
    first = make_edition()
    republish(first.article)
    article = change(first.article, by=rory(), dek="In review")
    publishing.submit(article, version=article.version, by=rory())
    roll_back(first)
    assert Article.objects.get().stage == "in_review"


def test_rolling_back_is_on_record():
    first = make_edition()
    republish(first.article)
    again = roll_back(first, note="Legal asked.")
    event = first.article.events.first()
    assert (event.kind, event.by, event.note, event.edition) == (
        "rolled_back",
        edith(),
        "edition 1: Legal asked.",
        again,
    )


def test_the_edition_it_replaces_ends_where_it_begins():
    first = make_edition()
    second = republish(first.article)
    again = roll_back(first)
    second.refresh_from_db()
    assert (second.ends_at, second.ended_as) == (again.live_at, "superseded")
    assert again.ends_at is None


def test_a_change_that_waits_is_cancelled():
    first = make_edition()
    republish(first.article)
    republish(first.article, timezone.now() + timedelta(days=1))
    roll_back(first)
    assert first.article.waiting_edition is None


def test_a_change_that_waits_can_be_kept_knowingly():
    first = make_edition()
    republish(first.article)
    waiting = republish(first.article, timezone.now() + timedelta(days=1))
    again = roll_back(first, waiting=publishing.Waiting.KEEP)
    assert first.article.waiting_edition == waiting
    assert (again.ends_at, again.ended_as) == (waiting.live_at, "superseded")


def test_a_story_taken_down_comes_back_in_the_words_of_any_edition():
    first = make_edition(headline="The first words")
    republish(first.article, headline="The second words")
    take_down(publishing.unpublish, first.article)
    roll_back(first)
    assert first.article.live_edition.headline == "The first words"


# --- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [rory, mo])
def test_only_who_may_publish_rolls_back(who):
    first = make_edition()
    republish(first.article)
    with pytest.raises(PermissionDenied):
        roll_back(first, by=who())


def test_what_readers_have_now_is_no_earlier_edition():
    edition = make_edition()
    with pytest.raises(publishing.NotPossible, match="now"):
        roll_back(edition)


def test_words_readers_never_had_are_not_rolled_back_to():
    first = make_edition()
    waiting = republish(first.article, timezone.now() + timedelta(days=1))
    with pytest.raises(publishing.NotPossible, match="never"):
        roll_back(waiting)
    take_down(publishing.unschedule, first.article)
    with pytest.raises(publishing.NotPossible, match="never"):
        roll_back(waiting)


def test_an_edition_of_another_story_is_refused():
    article, other = make_edition().article, make_edition()
    republish(article)
    current = Article.objects.get(pk=article.pk)
    with pytest.raises(publishing.NotPossible):
        publishing.roll_back(current, other, version=current.version, by=edith())


def test_a_story_never_published_has_nothing_to_roll_back_to():
    article, other = make_article(), make_edition()
    with pytest.raises(publishing.NotPossible):
        publishing.roll_back(article, other, version=article.version, by=edith())


def test_rolling_back_on_an_old_screen_is_a_conflict():
    first = make_edition()
    republish(first.article)
    old = Article.objects.get().version
    republish(first.article)
    with pytest.raises(Conflict):
        roll_back(first, version=old)


def test_twice_is_a_conflict_not_two_editions():
    first = make_edition()
    republish(first.article)
    read = Article.objects.get().version
    roll_back(first, version=read)
    with pytest.raises(Conflict):
        roll_back(first, version=read)
    assert Edition.objects.count() == 3


def test_publishing_after_a_roll_back_gives_readers_the_working_copy():
    first = make_edition()
    republish(first.article, headline="The second words")
    roll_back(first)
    publish(first.article)
    assert first.article.live_edition.headline == "The second words"
