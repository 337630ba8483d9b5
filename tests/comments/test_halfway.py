"""A session that ends while somebody types: the words are there again after signing in, and nothing else is."""

import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from comments.models import Comment
from tests.comments.test_form_page import JSON, form_url
from tests.factories import make_edition, make_shown_comment, ravi

pytestmark = pytest.mark.django_db

WORDS = "I was **halfway** through"


def lose(client, url, **data):
    """Send words without a session; then sign in."""
    answer = client.post(url, data)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/comments/")
    client.force_login(ravi())


def test_the_words_stand_in_the_form_once_and_nothing_was_posted(client):
    edition = make_edition()
    key = uuid.uuid4()
    lose(client, form_url(edition), body=WORDS, key=str(key), is_spoiler="on", spoiler_scope="season 2")
    page = client.get(form_url(edition))
    form = page.context["form"]
    assert (form["body"].value(), form["spoiler_scope"].value()) == (WORDS, "season 2")
    assert form["is_spoiler"].value()
    assert "nothing has been sent yet" in page.content.decode()
    assert not Comment.objects.filter(discussion__article=edition.article).exists()
    assert WORDS not in client.get(form_url(edition)).content.decode()


def test_they_stand_in_no_other_form_and_not_for_ever(client):
    edition, other = make_edition(headline="One"), make_edition(headline="Another")
    lose(client, form_url(edition), body=WORDS)
    assert WORDS not in client.get(form_url(other)).content.decode()
    with travel(timezone.now() + timedelta(minutes=61)):
        assert WORDS not in client.get(form_url(edition)).content.decode()


def test_changed_words_and_a_report_are_kept_too(client):
    comment = make_shown_comment(make_edition(), by=ravi())
    lose(client, reverse("comments:edit", args=[comment.pk]), body=WORDS, version=comment.version)
    assert WORDS in client.get(reverse("comments:edit", args=[comment.pk])).content.decode()
    comment = make_shown_comment(make_edition(headline="Another"))
    client.logout()
    EmailAddress.objects.create(user=ravi(), email=ravi().email, verified=True, primary=True)
    lose(client, reverse("comments:report", args=[comment.pk]), reason="other", text=WORDS)
    form = client.get(reverse("comments:report", args=[comment.pk])).context["form"]
    assert (form["reason"].value(), form["text"].value()) == ("other", WORDS)


def test_words_without_end_are_not_kept_without_end(client):
    edition = make_edition()
    lose(client, form_url(edition), body="x" * 100_000)
    assert len(client.get(form_url(edition)).context["form"]["body"].value()) == 20_000


@pytest.mark.parametrize("name", ["form", "vote", "seen", "like", "edit", "preview"])
def test_a_script_is_told_where_one_signs_in(client, name):
    comment = make_shown_comment(make_edition())
    args = {"form": [comment.discussion.article_id], "vote": [comment.discussion.article_id], "preview": []}
    args["seen"] = args["form"]
    answer = client.post(reverse(f"comments:{name}", args=args.get(name, [comment.pk])), {}, headers=JSON)
    assert (answer.status_code, answer.json()["sign_in"]) == (401, "/accounts/login/")
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
