"""Share links: one story, one week, nobody else's."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import sharing
from articles.models import Article, Event, Revision, ShareLink
from newsroom.models import User
from tests.factories import change, edith, make_article, mo, rory, rosa, without_its_words, wren

pytestmark = pytest.mark.django_db


def open_link(token: str) -> Any:
    return Client().get(reverse("articles:share", args=[token]))


def page(user: User, article: Article, **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    address = reverse("admin:articles_article_share", args=[article.pk])
    return client.post(address, data) if data else client.get(address)


# --- It works --------------------------------------------------------------------------------------


def test_a_link_opens_the_draft_as_it_is_now_under_a_banner():
    article = make_article(headline="As it was")
    token = sharing.share(article, by=rory())
    change(article, headline="As it is")
    shown = open_link(token)
    assert shown.status_code == 200
    assert "As it is" in shown.text
    assert "Not published." in shown.text


def test_a_pinned_link_goes_on_showing_those_words():
    article = make_article(headline="As it was")
    token = sharing.share(article, by=rory(), revision=article.revisions.first())
    change(article, headline="As it is")
    assert "As it was" in open_link(token).text
    assert "As it is" not in open_link(token).text


def test_no_cache_no_search_engine_and_no_referrer_learns_of_it():
    shown = open_link(sharing.share(make_article(), by=rory()))
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert not shown.cookies


def test_the_database_holds_no_token():
    token = sharing.share(make_article(), by=rory())
    row = ShareLink.objects.values().get()
    assert token not in str(row)
    assert len(row["token_hash"]) == 64


def test_sharing_and_closing_are_on_record():
    article = make_article()
    sharing.share(article, by=rory())
    sharing.revoke(ShareLink.objects.get(), by=edith())
    sharing.revoke(ShareLink.objects.get(), by=edith())
    kinds = list(article.events.values_list("kind", flat=True))
    assert (kinds.count(Event.Kind.SHARED), kinds.count(Event.Kind.UNSHARED)) == (1, 1)
    assert ShareLink.objects.get().revoked_by == edith()


# --- What it opens no more, and never --------------------------------------------------------------


def test_it_ends_at_the_second():
    token = sharing.share(make_article(), by=rory())
    ends = ShareLink.objects.get().expires_at
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert open_link(token).status_code == 200
    with time_machine.travel(ends, tick=False):
        assert open_link(token).status_code == 404


def test_it_ends_when_it_is_closed():
    token = sharing.share(make_article(), by=rory())
    sharing.revoke(ShareLink.objects.get(), by=rory())
    assert open_link(token).status_code == 404


def test_no_changed_letter_opens_anything():
    token = sharing.share(make_article(), by=rory())
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        assert open_link(token[:place] + other + token[place + 1 :]).status_code == 404


def test_a_link_opens_its_own_story_and_no_other():
    first, second = make_article(headline="The first"), make_article(headline="The secret second")
    token = sharing.share(first, by=rory())
    assert "The secret second" not in open_link(token).text
    for address in (f"/share/{token}/{second.pk}/", f"/share/{token}?article={second.pk}"):
        assert "The secret second" not in Client().get(address, follow=True).text


def test_a_link_ended_and_one_that_never_was_look_the_same():
    token = sharing.share(make_article(), by=rory())
    sharing.revoke(ShareLink.objects.get(), by=rory())
    unknown = "x" * len(token)
    assert without_its_words(open_link(token)) == without_its_words(open_link(unknown))


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [wren, mo, rosa])
def test_nobody_shares_what_they_may_not_edit(who):
    article = make_article()
    with pytest.raises(PermissionDenied):
        sharing.share(article, by=who())
    assert page(who(), article, follow="1").status_code in {302, 403, 404}
    assert not ShareLink.objects.exists()


def test_another_storys_revision_cannot_be_pinned():
    first, second = make_article(), make_article()
    with pytest.raises(PermissionDenied):
        sharing.share(first, by=edith(), revision=Revision.objects.filter(article=second).first())


def test_a_link_is_closed_only_through_its_own_story():
    first, second = make_article(), make_article()
    sharing.share(first, by=edith())
    client = Client()
    client.force_login(edith())
    link = ShareLink.objects.get()
    wrong = reverse("admin:articles_article_share_revoke", args=[second.pk, link.pk])
    right = reverse("admin:articles_article_share_revoke", args=[first.pk, link.pk])
    assert client.post(wrong).status_code == 404
    assert client.get(right).status_code == 405
    assert ShareLink.objects.open().exists()
    client.post(right)
    assert not ShareLink.objects.open().exists()


# --- The page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("button", "pinned"), [("follow", False), ("pin", True)])
def test_the_page_shows_a_new_link_this_once(button, pinned):
    article = make_article()
    address = re.search(r'value="http://testserver(/share/[^"]+)"', page(rory(), article, **{button: "1"}).text)
    assert Client().get(address.group(1)).status_code == 200
    assert bool(ShareLink.objects.get().revision_id) == pinned
    assert "/share/" + address.group(1).split("/")[2] not in page(rory(), article).text


def test_the_list_of_links_says_how_each_stands():
    article = make_article()
    sharing.share(article, by=rory())
    sharing.revoke(ShareLink.objects.get(), by=rory())
    sharing.share(article, by=rory())
    assert "closed" in page(rory(), article).text
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert "ended" in page(rory(), article).text
