"""Duplicating a story: a new draft of the same words, without what belongs to the first alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles import editing, embargo, sharing
from articles.embargo import Terms
from articles.models import Article, Event
from articles.workflow import Seen, Stage
from tests.factories import edith, make_article, make_edition, make_picture, make_topic, mo, rory, rosa, visit, wren

pytestmark = pytest.mark.django_db


def full() -> Article:
    return make_edition(
        headline="Twice told",
        dek="A dek",
        slug="twice-told",
        topics=(make_topic("Zebra").pk, make_topic("Aardvark").pk),
        lead_image=make_picture().pk,
        canonical_url="https://example.com/first",
        printed_at=timezone.now() - timedelta(days=400),
        prompt="Well?",
        sponsor="The Harbour Board",
    ).article


def address(article: Article) -> str:
    return reverse("admin:articles_article_duplicate", args=[article.pk])


def test_the_copy_has_every_field_but_those_of_the_one_story():
    source = full()
    copy = editing.duplicate(source, by=edith())
    kept, alone = vars(source.draft).copy(), {"slug": "", "canonical_url": "", "printed_at": None}
    assert vars(copy.draft) == kept | alone
    assert (copy.created_by, copy.stage, copy.seen) == (edith(), Stage.DRAFT, Seen.NEVER)


def test_embargo_and_links_stay_behind():
    source = make_article()
    embargo.set_embargo(source, Terms(timezone.now() + timedelta(days=1), "x"), version=source.version, by=edith())
    sharing.share(source, by=edith())
    copy = editing.duplicate(source, by=edith())
    assert embargo.standing(copy) is None
    assert not copy.share_links.exists()


def test_both_say_what_happened_and_the_source_is_as_it_was():
    source = make_article()
    copy = editing.duplicate(source, by=rory())
    assert source.events.first().note == f"as no. {copy.pk}"
    assert f"from no. {source.pk}" in copy.events.get(kind=Event.Kind.DUPLICATED).note
    assert Article.objects.get(pk=source.pk).version == source.version


@pytest.mark.parametrize("who", [wren, mo, rosa])
def test_who_may_not_see_it_makes_no_copy(who):
    source = make_article(by=rory())
    with pytest.raises(PermissionDenied):
        editing.duplicate(source, by=who())
    assert visit(who()).post(address(source)).status_code in {302, 403, 404}
    assert Article.objects.count() == 1


def test_the_page_asks_and_opens_the_copy():
    source = make_article(headline="Once")
    desk = visit(rory())
    assert "Once" in desk.get(address(source)).text
    assert Article.objects.count() == 1
    opened = desk.post(address(source), follow=True)
    copy = Article.objects.exclude(pk=source.pk).get()
    assert opened.request["PATH_INFO"] == reverse("admin:articles_article_change", args=[copy.pk])
    assert "This is the copy" in opened.text
