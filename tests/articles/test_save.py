"""Saving a working copy: compare and swap, so that nobody's words are lost in silence."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles import editing, publishing
from articles.body.clean import BodyTooHeavy
from articles.draft import BylinePart, Draft
from articles.models import Article, Event, Revision
from tests.factories import (
    change,
    edith,
    make_article,
    make_author,
    make_draft,
    make_edition,
    make_picture,
    make_topic,
    make_user,
    mo,
    publish,
    rory,
    rosa,
    wren,
)

pytestmark = pytest.mark.django_db


def test_what_was_saved_is_what_is_there():
    draft = make_draft(
        dek="A dek",
        slug="a-slug",
        topics=(make_topic("Zed").pk, make_topic("Alpha").pk),
        bylines=(BylinePart(make_author("B").pk, "words"), BylinePart(make_author("A").pk, "pictures")),
        prompt="And you?",
        sponsor="Acme",
        discussion="closed",
        spoiler="major",
        spoiler_scope="Season 2",
        safe_headline="What happened on Tuesday",
        safe_image=make_picture().pk,
        search_title="Found",
        search_description="Found and read",
        social_title="Shared",
        social_description="Shared and read",
    )
    article = editing.start(by=rory(), draft=draft)
    assert Article.objects.get(pk=article.pk).draft == draft


def test_each_save_is_a_version_a_revision_and_an_event():
    article = make_article(headline="One")
    change(article, headline="Two", dek="Second")
    versions = Revision.objects.filter(article=article).order_by("version")
    assert [(row.version, row.draft.headline) for row in versions] == [(2, "One"), (3, "Two")]
    event = article.events.first()
    assert (event.kind, event.note, event.by, event.version) == (
        Event.Kind.SAVED,
        "headline, dek",
        edith(),
        3,
    )


def test_saving_what_is_there_already_changes_nothing():
    article = make_article()
    before = (article.version, article.saved_at, article.events.count(), article.revisions.count())
    saved = editing.save(article, article.draft, version=article.version, by=rory())
    assert (saved.version, saved.saved_at, saved.events.count(), saved.revisions.count()) == before


def test_the_second_of_two_editors_is_told():
    article = make_article(headline="As both read it")
    read = article.version
    editing.save(article, replace(article.draft, headline="Rory's"), version=read, by=rory())
    with pytest.raises(editing.Conflict, match="by rory") as told:
        editing.save(article, replace(article.draft, headline="Edith's"), version=read, by=edith())
    assert told.value.article.headline == "Rory's"
    assert Article.objects.get(pk=article.pk).headline == "Rory's"


def test_a_conflict_leaves_no_trace():
    article = make_article()
    change(article, dek="Newer")
    before = (article.events.count(), article.revisions.count())
    with pytest.raises(editing.Conflict):
        editing.save(article, make_draft(), version=article.version, by=edith())
    assert (article.events.count(), article.revisions.count()) == before


def test_ones_own_double_save_is_no_conflict():
    article = make_article()
    draft = replace(article.draft, headline="Sent twice")
    first = editing.save(article, draft, version=article.version, by=rory())
    second = editing.save(article, draft, version=article.version, by=rory())
    assert second.version == first.version


def test_a_version_from_the_future_is_a_conflict_too():
    article = make_article()
    with pytest.raises(editing.Conflict):
        editing.save(article, make_draft(), version=article.version + 1, by=edith())


def test_publishing_newer_words_than_were_read_is_a_conflict():
    article = make_article()
    change(article, headline="Slipped in meanwhile", by=rory())
    with pytest.raises(editing.Conflict):
        publishing.publish(article, version=article.version, by=edith())
    assert not article.editions.exists()


@pytest.mark.parametrize("verb", ["submit", "approve", "send_back", "publish", "unpublish", "retract", "bring_back"])
def test_every_verb_refuses_a_stale_version_before_all_else(verb):
    article = make_article()
    with pytest.raises(editing.Conflict):
        getattr(publishing, verb)(article, version=article.version - 1, by=edith(), note="Because.")


def test_a_writer_edits_her_own_stories_only():
    article = make_article(by=rory())
    with pytest.raises(PermissionDenied):
        editing.save(article, make_draft(headline="Mine now"), version=article.version, by=wren())


def test_a_name_in_the_byline_makes_it_ones_own():
    wren()
    article = make_article(by=edith(), bylines=(BylinePart(make_author("Wren Ashdown").pk),))
    assert change(article, by=wren(), dek="By Wren").saved_by == wren()


@pytest.mark.parametrize("person", [mo, rosa])
def test_whoever_does_not_write_can_neither_start_nor_save(person):
    with pytest.raises(PermissionDenied):
        editing.start(by=person())
    article = make_article()
    with pytest.raises(PermissionDenied):
        editing.save(article, make_draft(), version=article.version, by=person())


def test_a_writer_who_has_left_can_neither_start_nor_save():
    article = make_article(by=rory())
    gone = rory()
    gone.is_active = False
    gone.save()
    with pytest.raises(PermissionDenied):
        editing.start(by=gone)
    with pytest.raises(PermissionDenied):
        editing.save(article, make_draft(), version=article.version, by=gone)


def test_the_right_without_the_staff_door_is_not_enough():
    reader = make_user("half", "Writer")
    article = make_article()
    Article.objects.filter(pk=article.pk).update(created_by=reader)
    with pytest.raises(PermissionDenied):
        editing.save(article, make_draft(), version=article.version, by=reader)


def test_hostile_words_are_cleaned_before_they_are_stored():
    article = make_article(headline=" A\nline\x00 ", body="<p onclick=x()>Hi<script>alert(1)</script></p>")
    assert (article.headline, article.body) == ("A line", "<p>Hi</p>")
    assert article.revisions.get().draft.body == "<p>Hi</p>"


def test_a_body_over_the_limits_is_refused_and_nothing_is_saved():
    article = make_article()
    with pytest.raises(BodyTooHeavy):
        change(article, body="<p>" * 8_001)
    assert Article.objects.get(pk=article.pk).version == article.version


@pytest.mark.parametrize("slug", ["a/b", "../admin", "naïve", "a b", "x?y", "a#b", ".", "feed.json"])
def test_a_slug_that_cannot_stand_in_an_address_is_refused(slug):
    with pytest.raises(ValidationError, match="slug"):
        make_article(slug=slug)


@pytest.mark.parametrize(("field", "limit"), [("headline", 200), ("dek", 400), ("prompt", 300), ("sponsor", 120)])
def test_a_line_as_long_as_its_column_is_saved_and_one_longer_is_refused(field, limit):
    article = make_article(**{field: "x" * limit})
    with pytest.raises(ValidationError, match=field):
        change(article, **{field: "x" * (limit + 1)})
    assert Article.objects.get(pk=article.pk).version == article.version


@pytest.mark.parametrize("field", ["trailer_url", "canonical_url"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "no address"])
def test_an_address_that_is_none_is_refused(field, address):
    with pytest.raises(ValidationError, match=field):
        make_article(**{field: address})


def test_the_same_topic_or_name_given_twice_stands_once():
    topic, author = make_topic().pk, make_author().pk
    article = make_article(topics=(topic, topic), bylines=(BylinePart(author), BylinePart(author)))
    assert article.draft.topics == (topic,)
    assert article.draft.bylines == (BylinePart(author),)


def test_an_edit_of_a_published_story_makes_it_a_draft_and_readers_see_nothing_of_it():
    edition = make_edition(headline="As printed")
    article = change(edition.article, headline="As rewritten")
    assert article.stage == "draft"
    assert article.live_edition.headline == "As printed"


def test_a_writers_edit_takes_back_the_approval():
    article = make_article()
    article = publishing.submit(article, version=article.version, by=rory())
    article = publishing.approve(article, version=article.version, by=edith())
    assert change(article, by=edith(), dek="Editor's touch").stage == "ready"
    assert change(article, by=rory(), dek="Writer's touch").stage == "draft"


def test_an_empty_draft_may_be_saved():
    article = editing.start(by=rory())
    assert editing.save(article, Draft(dek="Only this"), version=article.version, by=rory()).dek == "Only this"


def test_publishing_does_not_touch_the_words():
    article = make_article(headline="Untouched")
    publish(article)
    assert Article.objects.get(pk=article.pk).draft == article.draft
