"""The history page: what it lists and compares, what can be done on it, and by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import history, publishing
from articles.admin import timeline
from articles.models import Article, Edition, Revision
from newsroom.models import User
from tests.articles.test_admin_story import address as story_address
from tests.articles.test_admin_story import form_of, messages_of
from tests.factories import (
    change,
    edith,
    make_article,
    make_edition,
    make_topic,
    mo,
    publish,
    republish,
    rory,
    rosa,
    take_down,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db


def address(article: Article, page: str = "", *more: Any) -> str:
    name = "admin:articles_article_story_history" + (f"_{page}" if page else "")
    return reverse(name, args=[article.pk, *more])


def page_of(article: Article, by: User | None = None, **query: str) -> Any:
    return visit(by or edith()).get(address(article), query)


def act(article: Article, deed: str, key: str, by: User | None = None, **data: Any) -> Any:
    data = {"version": Article.objects.get(pk=article.pk).version} | data
    return visit(by or edith()).post(address(article, deed, key), data, follow=True)


def keys(page: Any) -> list[str]:
    return [row.key for row in page.context["rows"]]


# --- The list --------------------------------------------------------------------------------------


def test_versions_and_editions_stand_in_one_list_newest_first():
    article = make_article()
    publish(article)
    change(article, dek="Second")
    publish(article)
    version = Article.objects.get().version
    assert keys(page_of(article)) == ["e2", f"r{version - 1}", "e1", "r2"]


def test_an_edition_says_what_readers_had_and_when():
    first = make_edition()
    republish(first.article)
    take_down(publishing.unpublish, first.article, note="By mistake.")
    text = " ".join(page_of(first.article).text.split())
    assert "Superseded" in text
    assert "Unpublished" in text
    assert "By mistake." in text
    assert "cut by edith" in text


def test_a_version_says_what_it_changed():
    article = change(make_article(), headline="Changed", slug="changed")
    assert page_of(article).context["rows"][0].changed == "headline, address"


def test_a_story_saved_by_nobody_yet_has_an_empty_history():
    article = Article.objects.create(created_by=edith())
    assert "Nothing has been saved yet." in page_of(article).text


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_pages_of_a_long_history_have_every_row_once(size):
    article = make_article()
    for number in range(6):
        change(article, dek=str(number))
        publish(article)
    everything = [row.key for row in timeline.page_of(article, "", 100).rows]
    found, before = [], ""
    while True:
        page = timeline.page_of(article, before, size)
        found += [row.key for row in page.rows]
        before = page.older
        if not before:
            break
    assert found == everything
    assert len(found) == 13


def test_rows_of_the_same_instant_are_all_listed_once():
    article = make_article()
    for number in range(4):
        change(article, dek=str(number))
        publish(article)
    instant = timezone.now()
    article.revisions.update(made_at=instant)
    Edition.objects.update(cut_at=instant)
    found, before = [], ""
    for _ in range(12):
        page = timeline.page_of(article, before, 2)
        found += [row.key for row in page.rows]
        before = page.older
    assert len(found) >= 9
    assert len(set(found[:9])) == 9


@pytest.mark.parametrize("before", ["x", "_", "2026-13-40T00:00:00+00:00_0_1", "2026-01-01T00:00:00_0_1", "9" * 50])
def test_a_broken_cursor_is_the_first_page(before):
    article = make_article()
    assert keys(page_of(article, before=before)) == ["r2"]


# --- Comparing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("r2", "now", "One", "Three"),
        ("e1", "live", "One", "Two"),
        ("live", "now", "Two", "Three"),
        ("now", "r2", "Three", "One"),
    ],
)
def test_any_two_texts_can_be_compared(old, new, gone, come):
    article = make_article(headline="One")
    publish(article)
    republish(article, headline="Two")
    change(article, headline="Three")
    page = page_of(article, **{"from": old, "to": new})
    text = page.text
    assert f"<del>{gone}</del>" in text
    assert f"<ins>{come}</ins>" in text


def test_a_text_set_aside_can_be_compared():
    article = make_article(headline="Theirs")
    aside = history.set_aside(article, make_article(headline="Mine").draft, version=2, by=edith())
    assert "<ins>Mine</ins>" in page_of(article, **{"from": "now", "to": f"s{aside.pk}"}).text


def test_what_is_compared_is_escaped():
    article = make_article(headline="<script>alert(1)</script>")
    change(article, headline="<script>alert(2)</script>")
    assert "<script>alert" not in page_of(article, **{"from": "r2", "to": "now"}).text


def test_the_same_words_are_called_the_same():
    article = make_article()
    assert "the same in every field" in page_of(article, **{"from": "r2", "to": "now"}).text


@pytest.mark.parametrize("key", ["r99", "e1", "s1", "live", "x", "r0", "r1x", "9" * 40, "e²"])
def test_a_text_that_is_not_there_is_not_found(key):
    article = make_article()
    assert page_of(article, **{"from": key, "to": "now"}).status_code == 404


def test_an_old_text_can_be_looked_at_as_readers_would_see_it():
    article = make_article(headline="As it was")
    change(article, headline="As it is")
    page = visit(edith()).get(address(article, "look", "r2"))
    assert "As it was" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"


# --- Differs from what is live ---------------------------------------------------------------------


def test_a_working_copy_that_reads_otherwise_links_to_the_comparison():
    edition = make_edition()
    change(edition.article, dek="Another")
    assert f"{address(edition.article)}?from=live&amp;to=now" in visit(edith()).get(story_address(edition.article)).text


def test_publishing_the_same_words_again_is_no_difference():
    edition = make_edition(headline="Same")
    change(edition.article, headline="Other")
    change(edition.article, headline="Same")
    page = visit(edith()).get(story_address(edition.article))
    assert page.context["original"].stage == "draft"
    assert "differs from what is live" not in page.text


def test_saving_what_is_there_through_the_form_is_no_difference():
    article = make_article(
        topics=(make_topic("Zebras").pk, make_topic("Aardvarks").pk), printed_at=timezone.now() - timedelta(days=3)
    )
    publish(article)
    fields = form_of(article)
    at = timezone.localtime(article.printed_at)
    fields |= {
        "about": sorted(fields["about"], reverse=True),
        "printed_at_0": f"{at:%Y-%m-%d}",
        "printed_at_1": f"{at:%H:%M:%S}",
    }
    visit(edith()).post(story_address(article), fields | {"_save": "1"})
    assert "differs from what is live" not in visit(edith()).get(story_address(article)).text


# --- What can be done ------------------------------------------------------------------------------


def test_a_version_gets_a_name():
    article = make_article()
    act(article, "name", "r2", name="Before legal")
    assert article.revisions.get().name == "Before legal"
    assert "“Before legal”" in page_of(article).text


def test_restoring_leads_to_the_story_with_the_old_words():
    article = make_article(headline="As it was")
    change(article, headline="As it is")
    response = act(article, "restore", "r2", by=rory())
    assert response.redirect_chain[-1][0] == story_address(article)
    assert "version 2 again" in messages_of(response)
    assert Article.objects.get().headline == "As it was"


def test_rolling_back_gives_readers_the_old_edition():
    first = make_edition(headline="First")
    republish(first.article, headline="Second")
    response = act(first.article, "roll_back", "e1", note="Wrong name.")
    assert "Readers have edition 1 again" in messages_of(response)
    assert first.article.live_edition.headline == "First"
    assert Article.objects.get().headline == "Second"


def test_a_change_that_waits_is_asked_about_when_rolling_back():
    first = make_edition()
    republish(first.article)
    waiting = republish(first.article, timezone.now() + timedelta(days=1))
    assert 'name="waiting"' in page_of(first.article).text
    act(first.article, "roll_back", "e1", waiting="keep")
    assert first.article.waiting_edition == waiting


# --- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["restore", "roll_back"])
@pytest.mark.parametrize("version", ["1", "", "x", "-1", "9" * 40])
def test_who_has_read_another_version_is_told(deed, version):
    first = make_edition(headline="First")
    republish(first.article, headline="Second")
    response = act(first.article, deed, "e1", version=version)
    assert response.status_code == 409
    assert "Nothing was changed." in messages_of(response)
    assert first.article.live_edition.headline == Article.objects.get().headline == "Second"


def test_rolling_back_to_what_readers_have_is_refused():
    edition = make_edition()
    response = act(edition.article, "roll_back", "e1")
    assert response.status_code == 409
    assert Edition.objects.count() == 1


def test_a_writer_does_not_roll_back_by_any_request():
    first = make_edition(headline="First")
    republish(first.article, headline="Second")
    assert act(first.article, "roll_back", "e1", by=rory()).status_code == 403
    assert "Roll back to" not in page_of(first.article, rory()).text
    assert first.article.live_edition.headline == "Second"


@pytest.mark.parametrize(("who", "statuses"), [(wren, {404}), (mo, {403, 404}), (rosa, {302})])
def test_nobody_else_reads_or_changes_a_storys_past(who, statuses):
    article = make_article(by=rory(), headline="Canary")
    client = visit(who())
    pages = [client.get(address(article)), client.get(address(article, "look", "r2"))]
    pages += [client.post(address(article, deed, "r2"), {"version": 2}) for deed in ("name", "restore", "roll_back")]
    for page in pages:
        assert page.status_code in statuses
        assert "Canary" not in page.text
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("deed", ["name", "restore", "roll_back"])
def test_nothing_is_done_by_looking(deed):
    article = make_article()
    assert visit(edith()).get(address(article, deed, "r2")).status_code == 405


@pytest.mark.parametrize(("deed", "key"), [("name", "e1"), ("name", "now"), ("restore", "now"), ("roll_back", "r2")])
def test_what_cannot_be_done_to_a_text_is_not_found(deed, key):
    assert act(make_edition().article, deed, key).status_code == 404


def test_a_key_of_another_story_is_not_found():
    article, other = make_article(), make_article()
    aside = history.set_aside(other, article.draft, version=1, by=edith())
    assert act(article, "restore", f"s{aside.pk}").status_code == 404


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("saves", [2, 20])
def test_the_page_takes_the_same_queries_for_any_history(django_assert_max_num_queries, saves):
    article = make_article()
    for number in range(saves):
        change(article, dek=str(number), topics=(make_topic(f"Topic {number}").pk,))
        publish(article)
    desk = visit(edith())
    with django_assert_max_num_queries(30):
        desk.get(address(article), {"from": "e1", "to": "now"})
