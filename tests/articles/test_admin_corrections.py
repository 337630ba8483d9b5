"""The corrections page in the admin, and the box that tells readers of an update."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import corrections, publishing
from articles.models import Article, Correction
from newsroom.models import User
from tests.articles.test_admin_story import address, messages_of, press
from tests.factories import (
    change,
    correct,
    edith,
    make_article,
    make_edition,
    make_user,
    mo,
    republish,
    rory,
    rosa,
    take_down,
    visit,
)

pytestmark = pytest.mark.django_db

WORDS = "The ferry has two funnels, not three."


def form_of(article: Article, **changes: Any) -> dict[str, Any]:
    """What a browser would send."""
    version = Article.objects.get(pk=article.pk).version
    return {"version": version, "kind": "correction", "text": WORDS, "place": "top", "note": ""} | changes


def send(user: User, article: Article, **changes: Any) -> Any:
    return visit(user).post(address(article, "corrections"), form_of(article, **changes), follow=True)


def withdrawal(correction: Correction, article: Article | None = None) -> str:
    pk = article.pk if article else correction.article_id
    return reverse("admin:articles_article_corrections_withdraw", args=[pk, correction.pk])


# --- It works --------------------------------------------------------------------------------------


def test_an_editor_corrects_a_story_and_sees_it_listed():
    edition = make_edition()
    page = send(edith(), edition.article, kind="clarification", note="Ines rang.")
    made = Correction.objects.get()
    assert (made.kind, made.text, made.place, made.by) == ("clarification", WORDS, "top", edith())
    assert "Clarification added" in messages_of(page)
    assert WORDS in page.text
    assert "Ines rang." in edition.article.events.first().note


def test_an_editor_withdraws_one_with_a_reason_and_still_sees_it():
    made = correct(make_edition(), WORDS)
    page = visit(edith()).post(withdrawal(made), {"reason": "It has three."}, follow=True)
    assert "Withdrawn: readers no longer see it." in messages_of(page)
    assert WORDS in page.text
    assert "It has three." in page.text
    assert not Correction.objects.public()


def test_the_story_leads_to_its_corrections_once_readers_have_it():
    assert address(make_article(), "corrections") not in visit(edith()).get(address(Article.objects.get())).text
    article = make_edition().article
    assert address(article, "corrections") in visit(edith()).get(address(article)).text


# --- Who may ---------------------------------------------------------------------------------------


def test_a_writer_corrects_nothing_not_even_in_a_story_of_their_own():
    edition = make_edition()
    made = correct(edition, WORDS)
    writer = visit(rory())
    assert address(edition.article, "corrections") not in writer.get(address(edition.article)).text
    assert writer.get(address(edition.article, "corrections")).status_code == 403
    assert writer.post(address(edition.article, "corrections"), form_of(edition.article)).status_code == 403
    assert writer.post(withdrawal(made), {"reason": "No."}).status_code == 403
    assert list(Correction.objects.public()) == [made]


@pytest.mark.parametrize("who", [rosa, mo])
def test_readers_and_moderators_come_no_further_than_the_door(who):
    edition = make_edition()
    made = correct(edition, WORDS)
    for url in (address(edition.article, "corrections"), withdrawal(made)):
        assert visit(who()).post(url, form_of(edition.article, reason="No.")).status_code in {302, 403, 404}
    assert list(Correction.objects.public()) == [made]


def test_the_right_alone_opens_no_story_that_is_not_ones_own():
    article = make_edition(by=rory()).article
    half = make_user("half", "Writer", is_staff=True)
    half.user_permissions.add(Permission.objects.get(codename="correct_article"))
    assert visit(half).get(address(article, "corrections")).status_code == 404


def test_a_form_of_another_site_corrects_nothing():
    edition = make_edition()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(edith())
    assert strict.post(address(edition.article, "corrections"), form_of(edition.article)).status_code == 403
    assert strict.post(withdrawal(correct(edition)), {"reason": "No."}).status_code == 403
    assert Correction.objects.public().count() == 1


# --- What is refused, and not lost -----------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_withdrawing_is_a_post(method):
    assert getattr(visit(edith()), method)(withdrawal(correct(make_edition()))).status_code == 405


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_the_page_is_read_or_sent(method):
    assert getattr(visit(edith()), method)(address(make_edition().article, "corrections")).status_code == 405


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "x" * 1001}, {"kind": "joke"}, {"place": ""}, {"version": "x"}, {"version": "9" * 40}],
)
def test_a_form_with_a_mistake_is_shown_again(wrong):
    page = send(edith(), make_edition().article, **wrong)
    assert page.status_code in {409, 422}
    assert "errorlist" in page.text
    assert not Correction.objects.exists()


def test_whoever_read_older_words_is_told_and_may_send_it_again():
    article = make_edition().article
    old = form_of(article)
    change(article, by=rory(), dek="Changed meanwhile")
    page = visit(edith()).post(address(article, "corrections"), old)
    assert page.status_code == 409
    assert "changed meanwhile by rory" in page.text
    assert WORDS in page.text
    again = old | {"version": page.context["form"]["version"].value()}
    assert visit(edith()).post(address(article, "corrections"), again).status_code == 302
    assert Correction.objects.public().count() == 1


def test_sending_it_twice_tells_readers_once():
    article = make_edition().article
    assert send(edith(), article).status_code == 200
    page = send(edith(), article)
    assert page.status_code == 409
    assert "says this already" in page.text
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.retract])
def test_a_story_that_readers_have_not_offers_no_form_and_says_why(verb):
    edition = make_edition()
    correct(edition, WORDS)
    take_down(verb, edition.article)
    page = visit(edith()).get(address(edition.article, "corrections"))
    assert "nothing to correct" in page.text
    assert WORDS in page.text
    refused = send(edith(), edition.article, text="Another.")
    assert refused.status_code == 409
    assert "no reader has it" in refused.text


def test_withdrawing_needs_a_reason_and_a_correction_of_this_story():
    made, other = correct(make_edition()), make_edition().article
    desk = visit(edith())
    assert "needs a reason" in messages_of(desk.post(withdrawal(made), {"reason": " "}, follow=True))
    assert desk.post(withdrawal(made, other), {"reason": "No."}).status_code == 404
    assert desk.post(withdrawal(made).replace(f"/{made.pk}/w", f"/{'9' * 30}/w"), {"reason": "No."}).status_code == 404
    assert Correction.objects.public().count() == 1


def test_a_page_that_is_late_withdraws_nothing_twice():
    made = correct(make_edition())
    corrections.withdraw(made, by=edith(), note="First.")
    page = visit(edith()).post(withdrawal(made), {"reason": "Second."}, follow=True)
    assert "withdrawn already" in messages_of(page)


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_takes_the_same_queries_for_any_number(django_assert_num_queries, count):
    edition = make_edition()
    for number in range(count):
        correct(edition, f"Number {number}.")
    desk = visit(edith())
    with django_assert_num_queries(8):
        desk.get(address(edition.article, "corrections"))


# --- Telling readers of an update ------------------------------------------------------------------


def offers_the_box(article: Article, user: User | None = None) -> bool:
    page = visit(user or edith()).get(address(article)).text
    return "Tell readers it was updated" in page


def test_the_box_is_offered_only_for_a_story_that_readers_have_or_had():
    assert not offers_the_box(make_article())
    assert not offers_the_box(make_edition(timezone.now() + timedelta(days=1)).article)
    live = make_edition().article
    change(live, dek="Another")
    assert offers_the_box(live)
    assert not offers_the_box(live, rory())
    assert offers_the_box(take_down(publishing.unpublish, republish(live).article))


@pytest.mark.parametrize(
    ("box", "told"), [({"move-significant": "on"}, True), ({"move-significant": ""}, False), ({}, False)]
)
def test_readers_are_told_of_an_update_when_the_box_is_ticked(box, told):
    article = make_edition().article
    press(edith(), article, "publish", dek="Another dek", **box)
    assert article.live_edition.number == 2
    assert article.live_edition.card.is_updated is told


def test_a_scheduled_change_takes_the_box_with_it():
    article = make_edition().article
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    when = {"move-at": at.strftime("%Y-%m-%dT%H:%M")}
    press(edith(), article, "schedule", dek="Another dek", **when, **{"move-significant": "on"})
    assert article.waiting_edition.updated_at == at
