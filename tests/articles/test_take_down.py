"""Unpublish, retract, bring back: what readers are told of a story they had."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import publishing
from articles.models import Article, Edition, Event
from articles.workflow import Stage
from comments.models import Comment
from tests.factories import (
    change,
    edith,
    make_article,
    make_edition,
    make_shown_comment,
    make_topic,
    mo,
    publish,
    republish,
    rory,
    rosa,
    take_down,
    without_its_words,
)

pytestmark = pytest.mark.django_db

VERBS = [publishing.unpublish, publishing.retract]


def test_an_unpublished_story_answers_as_if_it_had_never_been(client):
    edition = make_edition()
    take_down(publishing.unpublish, edition.article)
    response, never = client.get(edition.path), client.get("/tv/never-written/")
    assert response.status_code == never.status_code == 404
    assert without_its_words(response) == without_its_words(never)
    assert edition.article.seen == "unpublished"


def test_a_retracted_story_answers_410_with_its_note(client):
    edition = make_edition(headline="We were wrong", body="<p>The false words.</p>")
    take_down(publishing.retract, edition.article, note="The letter was <forged>.")
    response = client.get(edition.path)
    page = response.content.decode()
    assert response.status_code == 410
    assert "The letter was &lt;forged&gt;." in page
    assert "The false words" not in page
    assert edition.article.seen == "retracted"


@pytest.mark.parametrize("verb", VERBS)
def test_what_was_taken_down_is_on_no_list(client, verb):
    edition = make_edition(headline="Taken down", topics=(make_topic().pk,))
    comment = make_shown_comment(edition, body="What I said of it")
    take_down(verb, edition.article)
    urls = ["/", "/tv/", "/topics/widows-keep/", "/authors/rory-quill/"]
    urls += [f"/comments/{edition.article_id}/", comment.get_absolute_url()]
    for url in urls:
        page = client.get(url).content.decode()
        assert "Taken down" not in page, url
        assert "What I said of it" not in page, url
    assert not Comment.objects.public().exists()


@pytest.mark.parametrize("verb", VERBS)
def test_no_waiting_edition_survives(verb):
    edition = make_edition()
    republish(edition.article, timezone.now() + timedelta(days=1))
    article = take_down(verb, edition.article)
    assert not article.editions.waiting().exists()
    assert article.stage == "draft"


@pytest.mark.parametrize("verb", VERBS)
def test_taking_down_is_on_record(verb):
    article = take_down(verb, make_edition().article, note="The reason.")
    event = article.events.first()
    assert (event.kind, event.by, event.note) == (f"{verb.__name__}ed", edith(), "The reason.")
    assert article.editions.get().end_note == "The reason."


@pytest.mark.parametrize("note", ["", "  "])
def test_a_retraction_needs_its_note(note):
    edition = make_edition()
    with pytest.raises(publishing.NotPossible, match="reason"):
        take_down(publishing.retract, edition.article, note=note)
    assert edition.article.seen == "live"


@pytest.mark.parametrize("verb", [*VERBS, publishing.bring_back, publishing.unschedule])
@pytest.mark.parametrize("person", [rory, mo, rosa])
def test_only_an_editor_may(verb, person):
    article = Article.objects.get(pk=make_edition().article_id)
    with pytest.raises(PermissionDenied):
        verb(article, version=article.version, by=person(), note="Because.")
    assert article.seen == "live"


@pytest.mark.parametrize("verb", [*VERBS, publishing.bring_back])
def test_a_story_readers_never_had_cannot_be_taken_down_or_brought_back(verb):
    article = make_edition(timezone.now() + timedelta(days=1)).article
    for story in (make_article(), article):
        with pytest.raises(publishing.NotPossible):
            take_down(verb, story)
    assert article.editions.waiting().count() == 1


def test_what_was_unpublished_can_be_retracted_later_and_its_end_stays(client):
    edition = make_edition()
    take_down(publishing.unpublish, edition.article)
    ended = Edition.objects.get().ends_at
    take_down(publishing.retract, edition.article, note="Worse than we thought.")
    assert Edition.objects.get().ends_at == ended
    assert client.get(edition.path).status_code == 410


@pytest.mark.parametrize("verb", VERBS)
def test_brought_back_readers_have_what_they_had_last(client, verb):
    edition = make_edition(headline="As it was")
    take_down(verb, edition.article)
    change(edition.article, headline="A draft since")
    back = take_down(publishing.bring_back, edition.article)
    assert "As it was" in client.get(edition.path).content.decode()
    assert (back.published_at, back.updated_at) == (edition.published_at, edition.updated_at)
    article = Article.objects.get(pk=edition.article_id)
    assert (article.headline, article.stage, article.seen) == ("A draft since", "draft", "live")
    assert article.events.first().kind == Event.Kind.BROUGHT_BACK


def test_what_is_live_cannot_be_brought_back():
    with pytest.raises(publishing.NotPossible):
        take_down(publishing.bring_back, make_edition().article)


def test_bringing_back_cancels_what_waits_and_its_comments_return(client):
    edition = make_edition(headline="Back")
    make_shown_comment(edition, body="Still here")
    take_down(publishing.unpublish, edition.article)
    publish(change(edition.article, dek="Later"), timezone.now() + timedelta(days=1))
    take_down(publishing.bring_back, edition.article)
    assert not edition.article.editions.waiting().exists()
    assert "Still here" in client.get(edition.path).content.decode()


def test_a_retracted_story_that_is_published_anew_is_an_ordinary_story(client):
    edition = make_edition()
    take_down(publishing.retract, edition.article)
    again = republish(edition.article, headline="Put right", slug=edition.path.split("/")[-2])
    assert client.get(edition.path).status_code == 200
    assert again.published_at == edition.published_at


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.retract])
def test_a_change_in_review_stays_in_review_when_the_story_is_taken_down(verb):
    article = make_edition().article
    changed = change(article, dek="A change")
    publishing.submit(changed, version=changed.version, by=rory())
    take_down(verb, article)
    article.refresh_from_db()
    assert article.stage == Stage.IN_REVIEW
