"""The preview in the admin: the saved words, or those that the form sends, and nothing written."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Address, Article, Edition
from tests.articles.test_admin_story import form_of
from tests.factories import edith, make_article, rory, rosa, visit, wren

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def test_what_is_being_typed_is_shown_and_not_saved():
    article = make_article(headline="Saved")
    form = form_of(article) | {"headline": "Typed", "body": "<p>Typed too.</p><script>alert(1)</script>"}
    answer = visit(edith()).post(address(article), form)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<h1 id="headline">Typed</h1>' in html
    assert "Typed too." in html
    assert "alert(1)" not in html
    saved = Article.objects.get()
    assert (saved.headline, saved.version) == ("Saved", article.version)
    assert not Edition.objects.exists()
    assert not Address.objects.exists()


def test_what_cannot_be_shown_is_said_with_its_field():
    article = make_article()
    answer = visit(edith()).post(address(article), form_of(article) | {"slug": "No such slug!"})
    assert answer.status_code == 422
    assert "Slug" in answer.json()["errors"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_may_open_the_story_sees_a_preview(method):
    article = make_article(by=rory())
    visits = {person: getattr(visit(person), method)(address(article)).status_code for person in (wren(), rosa())}
    assert visits == {wren(): 404, rosa(): 302}
    assert getattr(Client(), method)(address(article)).status_code == 302


def test_no_one_keeps_a_preview():
    answer = visit(edith()).get(address(make_article()))
    assert "no-store" in answer["Cache-Control"]
