"""What was typed survives a session that ended, and a form that had grown too old."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from articles.models import Article, Correction, Note
from tests.articles.test_admin_story import address, form_of
from tests.factories import edith, make_article, make_edition, rory, visit

pytestmark = pytest.mark.django_db


def test_a_story_saved_too_late_comes_back_as_a_page():
    article = make_article(headline="Before")
    sent = form_of(article, headline="Typed <b>too</b> late", body="<p>Every word of it.</p>") | {"_save": "1"}
    desk = visit(edith())
    Session.objects.all().delete()
    page = desk.post(address(article), sent, headers={"referer": f"http://testserver{address(article)}"})
    assert page.status_code == 401
    assert "Typed &lt;b&gt;too&lt;/b&gt; late" in page.text
    assert "Every word of it." in page.text
    assert f"/accounts/login/?next={address(article).replace('/', '%2F')}" in page.text
    assert "no-store" in page["Cache-Control"]
    assert Article.objects.get().headline == "Before"


def test_a_page_that_has_its_words_itself_goes_to_sign_in_at_once():
    article = make_article()
    sent = form_of(article, headline="Kept in the browser") | {"_turn": "3"}
    assert Client().post(address(article), sent).status_code == 302


@pytest.mark.parametrize(("page", "field"), [("notes", "text"), ("corrections", "text")])
def test_so_does_what_is_typed_on_any_page_of_the_admin(page, field):
    answer = Client().post(address(make_edition().article, page), {field: "A long and careful sentence."})
    assert answer.status_code == 401
    assert "A long and careful sentence." in answer.text
    assert not Note.objects.exists()
    assert not Correction.objects.exists()


def test_nothing_is_said_of_the_story_to_whoever_sent_it():
    article = make_article(headline="Quetzalcoatlus")
    page = Client().post(address(article), {"headline": "My own"})
    assert page.status_code == 401
    assert "Quetzalcoatlus" not in page.text


def test_the_way_back_never_leads_elsewhere():
    article = make_article()
    page = Client().post(address(article), {"headline": "My own"}, headers={"referer": "https://evil.example/x"})
    assert "evil.example" not in page.text


def test_without_a_word_typed_the_way_leads_to_sign_in():
    article = make_article()
    assert Client().post(reverse("admin:articles_article_take_over", args=[article.pk])).status_code == 302


def test_a_form_that_has_grown_too_old_gives_its_words_back():
    client = Client(enforce_csrf_checks=True)
    client.force_login(rory())
    page = client.post("/comments/1/new/", {"body": "What I thought of it.", "csrfmiddlewaretoken": "old"})
    assert page.status_code == 403
    assert "What I thought of it." in page.text


def test_a_password_is_never_shown():
    client = Client(enforce_csrf_checks=True)
    page = client.post(
        "/accounts/login/", {"login": "rory", "password": "Harbour-Lights-9", "password1": "Quay-Side-9"}
    )
    assert page.status_code == 403
    assert "Harbour-Lights-9" not in page.text
    assert "Quay-Side-9" not in page.text
