"""One thing done with many stories: each by its verb and right, refusals told by story, the others done."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, Edition, Event
from articles.workflow import Seen, Stage
from newsroom.models import User
from tests.factories import (
    change,
    edith,
    make_article,
    make_edition,
    make_section,
    mo,
    publish,
    rory,
    rosa,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def on_screen(*articles: Article) -> str:
    return " ".join(f"{row.pk}.{row.version}" for row in Article.objects.filter(pk__in=[one.pk for one in articles]))


def act(user: User, action: str, *articles: Article, versions: str | None = None, **data: Any) -> Any:
    """Choose these stories in the list, and press Go; with `sure`, on the page between."""
    sent: dict[str, Any] = {
        "action": action,
        "_selected_action": [article.pk for article in articles],
        "versions": on_screen(*articles) if versions is None else versions,
    }
    sent |= {"_sure": "1"} if data.pop("sure", False) else {"index": "0"}
    return visit(user).post(LIST, sent | data, follow=True)


def stages(*articles: Article) -> list[str]:
    return [Article.objects.get(pk=article.pk).stage for article in articles]


def submitted(**fields: Any) -> Article:
    article = make_article(**fields)
    return publishing.submit(article, version=article.version, by=rory())


# --- It works --------------------------------------------------------------------------------------


def test_stories_are_submitted_and_approved_at_once():
    one, two = make_article(), make_article()
    assert "2 stories submitted for review." in act(rory(), "submit", one, two).text
    assert stages(one, two) == [Stage.IN_REVIEW, Stage.IN_REVIEW]
    assert "2 stories approved." in act(edith(), "approve", one, two).text
    assert stages(one, two) == [Stage.READY, Stage.READY]


def test_sending_back_asks_for_the_reason():
    one, two = submitted(), submitted(headline="The second")
    page = act(edith(), "send_back", one, two)
    assert "The second" in page.text
    assert stages(one, two) == [Stage.IN_REVIEW, Stage.IN_REVIEW]
    assert act(edith(), "send_back", one, two, sure=True, note=" ").status_code == 422
    assert "2 stories sent back." in act(edith(), "send_back", one, two, sure=True, note="Who said that?").text
    assert stages(one, two) == [Stage.DRAFT, Stage.DRAFT]
    assert Event.objects.filter(kind=Event.Kind.SENT_BACK, note="Who said that?").count() == 2


@pytest.mark.parametrize("action", ["publish", "unpublish", "trash"])
def test_what_is_grave_asks_first_and_names_the_stories(action):
    article = make_article(headline="Named") if action != "unpublish" else make_edition(headline="Named").article
    before = article.seen
    page = act(edith(), action, article)
    assert "Named" in page.text
    assert "grave" in page.text
    assert Article.objects.visible_to(edith()).get().seen == before


def test_stories_are_published_and_unpublished():
    one, two = make_article(), make_article()
    assert "2 stories published." in act(edith(), "publish", one, two, sure=True).text
    assert {one.seen, two.seen} == {Seen.LIVE}
    assert "2 stories unpublished." in act(edith(), "unpublish", one, two, sure=True, note="Too early").text
    assert {one.seen, two.seen} == {Seen.UNPUBLISHED}


def test_stories_change_their_section():
    film, one = make_section("film"), make_article()
    assert "FILM" in act(edith(), "section", one).text
    assert "1 story moved." in act(edith(), "section", one, sure=True, section=film.pk).text
    one.refresh_from_db()
    assert one.section == film
    assert one.revisions.first().draft.section == film.pk


def test_stories_are_put_in_the_trash_and_duplicated():
    one, two = make_article(), make_article()
    assert "2 stories duplicated." in act(rory(), "duplicate", one, two).text
    assert "2 stories put in the trash." in act(edith(), "trash", one, two, sure=True).text
    assert Article.objects.trashed().count() == 2
    assert Article.objects.visible_to(rory()).count() == 2


# --- What is refused -------------------------------------------------------------------------------


def test_one_is_refused_by_name_and_reason_and_the_others_are_done():
    whole, bare, whole_too = make_article(), make_article(headline="Bare", section=None), make_article()
    page = act(edith(), "publish", whole, bare, whole_too, sure=True)
    assert page.status_code == 409
    assert "2 stories published, 1 not" in page.text
    assert "Bare" in page.text
    assert "The story needs a section." in page.text
    assert Edition.objects.live().count() == 2


def test_a_story_changed_since_it_was_on_screen_is_left_as_it_is():
    one, two = make_article(headline="Changed"), make_article()
    seen = on_screen(one, two)
    change(one, dek="Meanwhile")
    assert "changed since you saw the list" in act(edith(), "publish", one, two, versions=seen).text
    page = act(edith(), "publish", one, two, versions=seen, sure=True)
    assert "changed meanwhile" in page.text
    assert [edition.article for edition in Edition.objects.all()] == [two]


@pytest.mark.parametrize("versions", ["", "x", "1.1.1", "1.-1", "9" * 90 + ".1", "\x00"])
def test_a_story_that_was_not_on_the_screen_is_left_as_it_is(versions):
    article = make_article()
    assert "not on the screen" in act(rory(), "submit", article, versions=versions).text
    assert stages(article) == [Stage.DRAFT]


def test_a_story_whose_edition_waits_is_not_published_without_asking():
    article = make_article()
    publish(article, timezone.now() + timedelta(days=1))
    change(article, dek="More")
    assert "An edition of it waits" in act(edith(), "publish", article, sure=True).text
    assert not Edition.objects.live().exists()


def test_what_is_gone_meanwhile_is_told():
    article = make_article()
    versions = on_screen(article)
    pk, article = article.pk, make_article()
    Article.objects.filter(pk=pk).update(trashed_at=timezone.now())
    sent = {"action": "submit", "index": "0", "_selected_action": [pk, article.pk], "versions": versions}
    page = visit(rory()).post(LIST, sent | {"versions": f"{versions} {on_screen(article)}"})
    assert "1 is not there any more." in page.text
    assert stages(article) == [Stage.IN_REVIEW]


@pytest.mark.parametrize("chosen", [["x"], ["-1"], ["9" * 40], ["1", "\x00"], []])
@pytest.mark.parametrize("action", ["submit", "publish", "no_such_thing", ""])
def test_nonsense_changes_nothing_and_is_no_error_of_the_server(chosen, action):
    make_article()
    sent = {"action": action, "index": "0", "_selected_action": chosen, "select_across": "1"}
    assert visit(edith()).post(LIST, sent, follow=True).status_code in {200, 409}
    assert Event.objects.filter(kind=Event.Kind.SUBMITTED).count() == 0


def test_the_search_one_came_from_hides_no_refusal():
    """A story that has left the filter since is told of, not passed over."""
    article = submitted()
    versions = on_screen(article)
    publishing.approve(article, version=article.version, by=edith())
    sent = {"action": "approve", "index": "0", "_selected_action": [article.pk], "versions": versions}
    page = visit(edith()).post(f"{LIST}?stage=in_review", sent)
    assert "changed meanwhile" in page.text


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["approve", "send_back", "publish", "unpublish"])
def test_a_writer_is_not_offered_what_editors_do_nor_gets_it(action):
    article = submitted()
    before = stages(article)
    assert f'value="{action}"' not in visit(rory()).get(LIST).text
    act(rory(), action, article, sure=True, note="x")
    assert stages(article) == before
    assert not Edition.objects.exists()


@pytest.mark.parametrize("who", [wren, mo, rosa])
@pytest.mark.parametrize("action", ["submit", "section", "duplicate", "trash", "publish"])
def test_nobody_acts_on_what_is_not_theirs_to_see(who, action):
    article = make_article(by=rory(), headline="Canary")
    film = make_section("film")
    for sure in (False, True):
        page = act(who(), action, article, sure=sure, section=film.pk)
        assert "Canary" not in page.text
    now = Article.objects.get()
    assert (now.version, now.section, now.trashed_at) == (article.version, article.section, None)


def test_a_writer_trashes_own_drafts_and_is_told_of_the_rest():
    own, sent = make_article(by=rory()), submitted(headline="Submitted")
    page = act(rory(), "trash", own, sent, sure=True)
    assert "1 story put in the trash, 1 not" in page.text
    assert [article.pk for article in Article.objects.trashed()] == [own.pk]


# --- What it costs ---------------------------------------------------------------------------------


def spent(stories: int) -> int:
    articles = [make_article() for _ in range(stories)]
    versions, desk = on_screen(*articles), visit(rory())
    sent = {
        "action": "submit",
        "index": "0",
        "versions": versions,
        "_selected_action": [article.pk for article in articles],
    }
    with CaptureQueriesContext(
        connection,
    ) as queries:
        desk.post(LIST, sent)
    assert {article.stage for article in Article.objects.filter(pk__in=[one.pk for one in articles])} == {"in_review"}
    return len(queries)


def test_each_story_costs_the_same_and_the_asking_nothing():
    few, more = spent(2), spent(6)
    assert (more - few) / 4 <= 30
    articles = [make_article() for _ in range(12)]
    desk, versions = visit(edith()), on_screen(*articles)
    sent = {"action": "publish", "index": "0", "versions": versions}
    counts = []
    for chosen in (articles[:2], articles):
        with CaptureQueriesContext(connection) as queries:
            desk.post(LIST, sent | {"_selected_action": [article.pk for article in chosen]})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_five_hundred_fit_in_a_request_and_more_are_refused():
    author = make_article()
    Article.objects.bulk_create(Article(headline=f"n {n}", created_by=rory()) for n in range(500))
    rows = list(Article.objects.exclude(pk=author.pk))
    page = act(edith(), "trash", *rows)
    assert page.status_code == 200
    assert page.text.count('name="_selected_action"') == 500
    assert "at most 500" in act(edith(), "trash", author, *rows, sure=True).text
    assert not Article.objects.trashed().exists()
