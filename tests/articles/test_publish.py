"""Publishing now: what readers get, who may, what is refused, and how often."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import publishing
from articles.draft import BylinePart
from articles.editing import Conflict
from articles.models import Article, Event
from articles.preflight import Incomplete
from tests.factories import (
    change,
    edith,
    make_article,
    make_author,
    make_edition,
    make_picture,
    make_section,
    make_topic,
    mo,
    publish,
    republish,
    rory,
    rosa,
)

pytestmark = pytest.mark.django_db


def test_a_published_story_is_on_its_page_at_once(client):
    edition = make_edition(headline="Widows Keep returns", body="<h2>When</h2><p>In spring.</p>")
    page = client.get(edition.path).content.decode()
    assert "Widows Keep returns" in page
    assert "<p>In spring.</p>" in page


def test_the_edition_holds_all_that_its_page_shows():
    topic, picture = make_topic(), make_picture(alt="A keep")
    edition = make_edition(
        headline="The Keep", topics=(topic.pk,), lead_image=picture.pk, sponsor="Acme", prompt="And you?"
    )
    story = edition.story
    assert (story.headline, story.sponsor, story.prompt) == ("The Keep", "Acme", "And you?")
    assert (story.section.name, story.topics[0].name, story.bylines[0].name) == (
        "TV",
        topic.name,
        "Rory Quill",
    )
    assert story.picture.alt == "A keep"
    assert edition.draft == edition.article.draft


def test_renaming_what_a_story_points_at_leaves_the_edition_as_it_was_cut():
    topic = make_topic("Old name")
    edition = make_edition(topics=(topic.pk,))
    topic.name = "New name"
    topic.save()
    edition.refresh_from_db()
    assert edition.story.topics[0].name == "Old name"


def test_the_working_copy_then_has_no_changes_and_the_event_names_the_edition():
    edition = make_edition()
    article = Article.objects.get(pk=edition.article_id)
    event = article.events.first()
    assert article.stage == "published"
    assert (event.kind, event.by, event.edition) == (Event.Kind.PUBLISHED, edith(), edition)


@pytest.mark.parametrize("person", [rory, mo, rosa])
def test_only_an_editor_publishes(person):
    article = make_article()
    with pytest.raises(PermissionDenied):
        publishing.publish(article, version=article.version, by=person())
    assert not article.editions.exists()


def test_an_editor_who_has_left_publishes_nothing():
    article, gone = make_article(), edith()
    gone.is_active = False
    with pytest.raises(PermissionDenied):
        publishing.publish(article, version=article.version, by=gone)


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"headline": ""}, "headline"),
        ({"section": None}, "section"),
        ({"bylines": ()}, "bylines"),
        ({"body": ""}, "body"),
        ({"body": "<p>&nbsp;</p><h2> </h2><ul><li><br></li></ul>"}, "body"),
        ({"body": "<blockquote><p><strong></strong></p></blockquote>"}, "body"),
        ({"body": "<script>alert('words')</script>"}, "body"),
    ],
)
def test_an_incomplete_story_is_refused_by_field(lacking, field):
    article = make_article(**lacking)
    with pytest.raises(Incomplete) as refused:
        publish(article)
    assert list(refused.value.missing) == [field]
    assert not article.editions.exists()


def test_publishing_twice_is_one_edition():
    article = make_article()
    publishing.publish(article, version=article.version, by=edith())
    with pytest.raises(Conflict):
        publishing.publish(article, version=article.version, by=edith())
    assert article.editions.count() == 1


def test_publishing_what_has_no_changes_is_not_possible():
    article = make_edition().article
    with pytest.raises(publishing.NotPossible):
        publish(article)
    assert article.editions.count() == 1


def test_a_change_replaces_the_edition_at_one_instant():
    first = make_edition(headline="First")
    second = republish(first.article, headline="Second")
    first.refresh_from_db()
    assert (first.ends_at, first.ended_as) == (second.live_at, "superseded")
    assert (second.number, second.ends_at) == (2, None)
    assert first.article.live_edition == second


def test_the_first_editions_time_stays_the_storys():
    with time_machine.travel(datetime(2030, 1, 1, 9, tzinfo=UTC), tick=False) as clock:
        first = make_edition()
        clock.shift(timedelta(hours=3))
        second = republish(first.article)
    assert second.published_at == first.published_at


def test_a_story_that_ran_before_keeps_its_printed_date():
    printed = datetime(1999, 12, 31, tzinfo=UTC)
    edition = make_edition(printed_at=printed)
    assert edition.published_at == edition.updated_at == printed
    assert edition.live_at > printed


def test_a_printed_date_in_the_future_does_not_date_a_story_later_than_it_is():
    edition = make_edition(printed_at=timezone.now() + timedelta(days=900))
    assert edition.published_at == edition.live_at


def test_the_source_is_never_changed_by_later_edits():
    edition = make_edition(headline="As cut")
    change(edition.article, headline="Later")
    edition.refresh_from_db()
    assert edition.draft.headline == edition.headline == "As cut"


def test_one_author_with_two_roles_has_the_story_once_on_the_page(client):
    author = make_author("Ines Two-Roles")
    edition = make_edition(headline="Once", bylines=(BylinePart(author.pk), BylinePart(author.pk, "pictures")))
    page = client.get(author.get_absolute_url()).content.decode()
    assert page.count(f'href="{edition.path}"') == 1


def test_a_section_keeps_its_name_in_the_address():
    assert make_edition(section=make_section("film").pk, slug="the-hut").path == "/film/the-hut/"
