"""Discussions in the admin: under the headline that readers have, for people who see no drafts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Discussion
from tests.factories import change, edith, make_edition, mo, rory, visit

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/discussion/"


def test_a_moderator_finds_it_by_the_headline_that_readers_have():
    edition = make_edition(headline="As readers have it")
    change(edition.article, headline="As it will be")
    row = Discussion.objects.get(article=edition.article)
    desk = visit(mo())
    for url in (LIST, f"{LIST}{row.pk}/change/", f"{LIST}?q=readers"):
        page = desk.get(url).content.decode()
        assert "As readers have it" in page, url
        assert "As it will be" not in page, url
    assert "As readers have it" not in desk.get(f"{LIST}?q=will").content.decode()


def test_the_discussion_of_a_story_to_come_is_for_who_may_open_the_story():
    edition = make_edition(timezone.now() + timedelta(hours=1), headline="Still to come")
    row = Discussion.objects.get(article=edition.article)
    assert visit(edith()).get(f"{LIST}{row.pk}/change/").status_code == 200
    assert visit(mo()).get(f"{LIST}{row.pk}/change/").status_code == 302
    assert f"No. {edition.article_id}" not in visit(mo()).get(LIST).content.decode()


def test_a_moderator_closes_a_discussion():
    row = Discussion.objects.get(article=make_edition().article)
    visit(mo()).post(f"{LIST}{row.pk}/change/", {"mode": "closed", "slow_seconds": "0"})
    row.refresh_from_db()
    assert (row.mode, row.is_open) == ("closed", False)


def test_the_list_takes_as_many_queries_for_many_as_for_one():
    desk, counts = visit(mo()), []
    for _ in range(2):
        make_edition()
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_writers_have_no_business_there():
    assert visit(rory()).get(LIST).status_code == 403
