"""Who has a story and until when; and the reason for which one came back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles import assigning, publishing
from articles.models import Article, Event
from articles.publishing import NotPossible
from newsroom.models import User
from newsroom.pages.dashboard import dashboard
from tests.articles.test_admin_story import address, form_of, messages_of
from tests.factories import assign, change, edith, make_article, make_edition, make_user, mo, rory, rosa, visit, wren

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def send(user: User, article: Article, **fields: Any) -> Any:
    return visit(user).post(reverse("admin:articles_article_notes_assign", args=[article.pk]), fields, follow=True)


def listed(user: User, **query: str) -> set[str]:
    page = visit(user).get(reverse("admin:articles_article_changelist"), query)
    return {article.headline for article in page.context["cl"].result_list}


# --- It works --------------------------------------------------------------------------------------


def test_an_editor_assigns_a_story_and_the_version_stays():
    article = make_article()
    page = send(edith(), article, to=wren().pk, due="2030-12-04")
    assert "Assigned to wren, due 4 December 2030." in messages_of(page)
    now = Article.objects.get(pk=article.pk)
    assert (now.assignee, now.due_on, now.version) == (wren(), date(2030, 12, 4), article.version)
    event = article.events.first()
    assert (event.kind, event.by, event.note) == (Event.Kind.ASSIGNED, edith(), "to wren, due 4 December 2030")
    assert "With wren, due" in visit(edith()).get(address(article)).text


def test_assigning_does_not_disturb_who_is_writing():
    article = make_article()
    typed = form_of(article, headline="Typed meanwhile")
    assign(article, to=wren())
    visit(rory()).post(address(article), typed | {"_save": "1"})
    now = Article.objects.get(pk=article.pk)
    assert (now.headline, now.assignee) == ("Typed meanwhile", wren())


def test_the_assignee_opens_and_saves_a_story_that_was_hidden_before():
    article = make_article(by=rory())
    colleague = visit(wren())
    assert colleague.get(address(article, "preview")).status_code == 404
    assign(article, to=wren())
    assert colleague.get(address(article)).status_code == 200
    change(article, by=wren(), dek="Wren’s")
    assign(article, to=None)
    assert colleague.get(address(article, "preview")).status_code == 404


def test_assigning_the_same_again_is_no_event():
    article = make_article()
    assign(article, to=rory())
    assign(article, to=rory())
    assert article.events.filter(kind=Event.Kind.ASSIGNED).count() == 1


def test_a_writer_takes_a_story_that_nobody_has():
    article = assign(make_article(by=rory()), to=None, due=timezone.localdate())
    assert "Take it" in visit(rory()).get(address(article, "notes")).text
    send(rory(), article)
    article.refresh_from_db()
    assert (article.assignee, article.due_on) == (rory(), timezone.localdate())
    assert "Take it" not in visit(rory()).get(address(article, "notes")).text


# --- Who may ---------------------------------------------------------------------------------------


def test_a_writer_assigns_nobody_else_moves_no_date_and_takes_from_nobody():
    article = make_article(by=rory())
    for to, due in ((wren(), None), (None, timezone.localdate()), (rory(), timezone.localdate())):
        with pytest.raises(PermissionDenied):
            assigning.assign(article, to=to, due=due, by=rory())
    send(rory(), article, to=wren().pk)
    assert Article.objects.get().assignee == rory()
    assign(article, to=wren())
    assert "wren has this story" in messages_of(send(rory(), article))
    assert Article.objects.get().assignee == wren()


@pytest.mark.parametrize("who", [wren, mo, rosa])
def test_who_may_not_open_a_story_does_not_take_it(who):
    article = make_article(by=rory())
    with pytest.raises(PermissionDenied):
        assigning.assign(article, to=who(), due=None, by=who())
    assert visit(who()).post(f"/admin/articles/article/{article.pk}/notes/assign/").status_code in {302, 403, 404}
    assert Article.objects.get().assignee is None


@pytest.mark.parametrize("who", [mo, rosa])
def test_a_story_is_given_only_to_who_writes(who):
    article, person = make_article(), who()
    with pytest.raises(NotPossible, match="does not write"):
        assigning.assign(article, to=person, due=None, by=edith())
    assert send(edith(), article, to=person.pk).status_code == 422


def test_who_has_left_is_given_nothing():
    gone = make_user("gone", "Writer", is_staff=True, is_active=False)
    assert send(edith(), make_article(), to=gone.pk).status_code == 422


@pytest.mark.parametrize("wrong", [{"to": "x"}, {"to": "9" * 30}, {"due": "soon"}, {"due": "2030-02-31"}])
def test_a_form_with_a_mistake_is_shown_again(wrong):
    page = send(edith(), make_article(), **wrong)
    assert page.status_code == 422
    assert "errorlist" in page.text
    assert Article.objects.get().assignee is None


# --- Where it shows --------------------------------------------------------------------------------


def test_the_list_tells_with_whom_and_is_filtered_by_it():
    today = timezone.localdate()
    assign(make_article(headline="Late"), to=rory(), due=today - DAY)
    assign(make_article(headline="In time"), to=wren(), due=today)
    make_article(headline="Free")
    done = assign(make_edition(headline="Done").article, to=rory(), due=today - DAY)
    assert not Article.objects.get(pk=done.pk).is_overdue
    text = visit(edith()).get(reverse("admin:articles_article_changelist")).text
    assert text.count('class="with overdue"') == 1
    assert listed(edith(), **{"with": "overdue"}) == {"Late"}
    assert listed(edith(), **{"with": "nobody"}) == {"Free"}
    assert listed(rory(), **{"with": "me"}) == {"Late", "Done"}
    assert listed(edith(), **{"with": str(wren().pk)}) == {"In time"}
    assert len(listed(edith(), **{"with": "x"})) == 4


def test_on_the_dashboard_what_is_to_do_comes_first_by_its_day():
    today, writer = timezone.localdate(), wren()
    make_article(by=writer, headline="Last saved", bylines=())
    for headline, due in (("Some time", None), ("Tomorrow", today + DAY), ("Yesterday", today - DAY)):
        assign(make_article(by=rory(), headline=headline), to=writer, due=due)
    rows = [article.headline for article, _ in dashboard(writer)["mine"]]
    assert rows == ["Yesterday", "Tomorrow", "Some time", "Last saved"]


# --- Sent back -------------------------------------------------------------------------------------


def test_the_reason_stands_on_top_until_the_story_is_submitted_again():
    article = make_article()
    article = publishing.submit(article, version=article.version, by=rory())
    article = publishing.send_back(article, version=article.version, by=edith(), note="Who said <that>?\nAnd when?")
    page = visit(rory()).get(address(article)).text
    assert "Sent back by edith" in page
    assert "Who said &lt;that&gt;?<br>And when?" in page
    article = change(article, by=rory(), dek="The mayor did.")
    assert article.sent_back.note.startswith("Who said")
    article = publishing.submit(article, version=article.version, by=rory())
    assert article.sent_back is None
    assert "Sent back by" not in visit(rory()).get(address(article)).text.partition('class="history"')[0]
