"""The database itself refuses editions, stories and links that break the rules, whoever writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.models import Address, Article, ArticleTopic, Byline, Edition, EditionByline, EditionTopic, Revision
from newsroom.lib.constraints import broke
from tests.factories import make_article, make_author, make_edition, make_topic

pytestmark = pytest.mark.django_db

T = datetime(2030, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def refused(write) -> IntegrityError:
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        write()
    return told.value


def another(edition: Edition, **columns) -> Edition:
    """A second row like this one, closed and with the next number unless told."""
    columns = {"number": edition.number + 1, "ends_at": edition.live_at + HOUR, "ended_as": "expired"} | columns
    values = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    return Edition(**(values | {"id": None} | columns))


def test_a_row_that_breaks_no_rule_is_taken():
    another(make_edition()).save()


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("edition_number_once", {"number": 1}),
        ("edition_one_open", {"ends_at": None, "ended_as": ""}),
        ("edition_ends_after_start", {"live_at": T, "published_at": T, "ends_at": T - HOUR}),
        ("edition_published_before_live", {"live_at": T, "published_at": T + HOUR, "ends_at": T + HOUR}),
        ("edition_end_has_a_reason", {"ended_as": ""}),
    ],
)
def test_the_database_refuses_an_edition_that_breaks(constraint, columns):
    edition = make_edition()
    error = refused(another(edition, **columns).save)
    number, open_one = ("article_id", "number"), ("article_id",)
    names = {"edition_number_once": number, "edition_one_open": open_one}.get(constraint, ())
    assert broke(error, constraint, *(f"articles_edition.{name}" for name in names)), error


def test_an_open_edition_may_give_no_reason_and_may_not_be_past():
    edition = make_edition()
    rows = Edition.objects.filter(pk=edition.pk)
    assert broke(refused(lambda: rows.update(ended_as="expired")), "edition_end_has_a_reason")
    assert broke(refused(lambda: rows.update(past=True)), "edition_past_has_ended")


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("article_stage_known", {"stage": "burnt"}),
        ("article_discussion_known", {"discussion": "ajar"}),
        ("article_version_positive", {"version": 0}),
    ],
)
def test_the_database_refuses_a_story_that_breaks(constraint, change):
    article = make_article()
    assert broke(refused(lambda: Article.objects.filter(pk=article.pk).update(**change)), constraint)


def test_nothing_that_stands_once_can_stand_twice():
    topic, author = make_topic(), make_author()
    edition = make_edition(topics=(topic.pk,))
    article = edition.article
    version = article.revisions.first().version
    link = {"edition": edition, "article": article, "published_at": edition.published_at}
    twice = [
        Address(path=edition.path, article=make_article()),
        ArticleTopic(article=article, topic=topic, position=9),
        Byline(article=article, author=author, role="words"),
        EditionTopic(topic=topic, **link),
        EditionByline(author=author, role="editing", **link),
        Revision(article=article, version=version, source={}, made_at=T),
    ]
    for row in twice:
        refused(row.save)


@pytest.mark.parametrize("name", ["section", "topic", "author", "article"])
def test_what_an_edition_stands_on_cannot_be_deleted(name):
    topic = make_topic()
    edition = make_edition(topics=(topic.pk,))
    author = edition.editionbylines.get().author
    row = {"section": edition.section, "topic": topic, "author": author, "article": edition.article}[name]
    with pytest.raises(Exception, match="protected"):
        row.delete()
