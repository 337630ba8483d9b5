"""Submit, send back, approve: the moves of a working copy."""

import pytest
from django.core.exceptions import PermissionDenied

from articles import publishing
from articles.models import Article, Event
from articles.preflight import Incomplete
from tests.factories import change, edith, make_article, mo, publish, rory, rosa, wren

pytestmark = pytest.mark.django_db


def do(verb, article, by, **more):
    article = Article.objects.get(pk=article.pk)
    return verb(article, version=article.version, by=by, **more)


def submitted(**fields):
    return do(publishing.submit, make_article(**fields), rory())


def test_a_story_goes_from_draft_through_review_to_ready():
    article = submitted()
    assert article.stage == "in_review"
    assert do(publishing.approve, article, edith()).stage == "ready"


def test_sending_back_makes_it_a_draft_with_the_reason_on_record():
    article = do(publishing.send_back, submitted(), edith(), note="Who says so?")
    assert article.stage == "draft"
    event = article.events.first()
    assert (event.kind, event.note, event.by) == (Event.Kind.SENT_BACK, "Who says so?", edith())


def test_a_ready_story_can_be_sent_back():
    article = do(publishing.approve, submitted(), edith())
    assert do(publishing.send_back, article, edith(), note="Second thoughts.").stage == "draft"


@pytest.mark.parametrize("note", ["", "   ", "\n"])
def test_sending_back_needs_a_reason(note):
    with pytest.raises(publishing.NotPossible, match="reason"):
        do(publishing.send_back, submitted(), edith(), note=note)


def test_every_move_makes_the_older_version_stale():
    article = make_article()
    assert do(publishing.submit, article, rory()).version == article.version + 1


def test_an_incomplete_story_cannot_be_submitted_and_is_told_all_it_lacks():
    article = make_article(headline="", section=None, bylines=(), body="<p>&nbsp;</p>")
    with pytest.raises(Incomplete) as lacking:
        do(publishing.submit, article, rory())
    assert set(lacking.value.missing) == {"headline", "section", "bylines", "body"}
    assert Article.objects.get(pk=article.pk).stage == "draft"


def test_what_is_submitted_cannot_be_submitted_again():
    with pytest.raises(publishing.NotPossible):
        do(publishing.submit, submitted(), rory())


def test_a_draft_cannot_be_approved():
    with pytest.raises(publishing.NotPossible):
        do(publishing.approve, make_article(), edith())


@pytest.mark.parametrize("verb", ["approve", "send_back"])
@pytest.mark.parametrize("person", [rory, wren, mo, rosa])
def test_only_an_editor_approves_or_sends_back(verb, person):
    article = submitted()
    with pytest.raises(PermissionDenied):
        do(getattr(publishing, verb), article, person(), note="I think so.")
    assert Article.objects.get(pk=article.pk).stage == "in_review"


def test_a_writer_cannot_submit_anothers_story():
    with pytest.raises(PermissionDenied):
        do(publishing.submit, make_article(by=rory()), wren())


def test_a_live_story_whose_change_is_in_review_is_live_and_in_review():
    article = change(publish(make_article()).article, dek="A change", by=rory())
    article = do(publishing.submit, article, rory())
    assert (article.stage, article.seen) == ("in_review", "live")


def test_what_has_no_changes_cannot_be_submitted():
    article = publish(make_article()).article
    with pytest.raises(publishing.NotPossible):
        do(publishing.submit, article, rory())
