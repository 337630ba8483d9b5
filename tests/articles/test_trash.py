"""The trash: what may go there, that it is out of sight, that it comes back, and that it goes after 30 days."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import corrections, editing, embargo, publishing, sharing, trash
from articles.embargo import Embargoed, Terms
from articles.models import Article, Edition, Event, Image, Note, Presence, Revision
from articles.publishing import NotPossible
from comments.models import Comment, Discussion
from newsroom.models import User
from tests.factories import (
    assign,
    change,
    correct,
    edith,
    make_article,
    make_author,
    make_comment,
    make_edition,
    make_note,
    make_picture,
    make_shown_comment,
    make_user,
    mo,
    publish,
    rory,
    rosa,
    take_down,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def put(article: Article, by: User | None = None) -> Article:
    """Put the story in the trash as it is now; Edith does, unless told."""
    article = Article.objects.get(pk=article.pk)
    return trash.trash(article, version=article.version, by=by or edith())


def chief() -> User:
    return make_user("chief", is_staff=True, is_superuser=True)


def address(article: Article, page: str) -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


# --- It works --------------------------------------------------------------------------------------


def test_a_story_goes_out_of_sight_and_comes_back_as_it_was():
    article = make_article(headline="Put away")
    draft = article.draft
    put(article)
    assert not Article.objects.visible_to(edith()).exists()
    assert [row.trashed_by for row in Article.objects.trashed()] == [edith()]
    back = trash.untrash(article, by=edith())
    assert Article.objects.visible_to(edith()).get().draft == draft
    assert (back.trashed_at, back.trashed_by) == (None, None)
    assert [event.kind for event in article.events.all()[:2]] == [Event.Kind.PUT_BACK, Event.Kind.TRASHED]


def test_a_story_no_longer_live_may_go():
    article = make_edition().article
    take_down(publishing.unpublish, article)
    assert put(article).trashed_at


def test_its_links_open_nothing_until_it_is_back():
    article = make_article()
    token = sharing.share(article, by=rory())
    put(article)
    assert Client().get(reverse("articles:share", args=[token])).status_code == 404
    trash.untrash(article, by=edith())
    assert Client().get(reverse("articles:share", args=[token])).status_code == 200


def test_the_page_reads_and_puts_back():
    article = make_article(headline="Put away", body="<p>Still to be read.</p>")
    desk = visit(edith())
    told = desk.post(address(article, "trash"), {"version": article.version, "note": "Not for us"}, follow=True)
    assert "in the trash for 30 days" in told.text
    page = desk.get(address(article, "change"))
    assert "Still to be read." in page.text
    assert "Not for us" in page.text
    assert 'name="_save"' not in page.text
    assert "Put away" in desk.get(reverse("admin:articles_article_trash_list")).text
    assert "back, as it was" in desk.post(address(article, "put_back"), follow=True).text
    assert 'name="_save"' in desk.get(address(article, "change")).text


def test_what_is_typed_on_a_page_that_was_open_is_shown_and_not_saved():
    article = make_article(headline="Before")
    put(article)
    sent = {"read_version": article.version, "headline": "<b>Typed since</b>", "_save": "1"}
    page = visit(edith()).post(address(article, "change"), sent)
    assert page.status_code == 409
    assert "&lt;b&gt;Typed since&lt;/b&gt;" in page.text
    assert Article.objects.get().headline == "Before"


# --- Who may ---------------------------------------------------------------------------------------


def test_a_writer_puts_away_an_early_draft_of_their_own_and_nothing_else():
    own, submitted = make_article(by=rory()), make_article(by=rory())
    publishing.submit(submitted, version=submitted.version, by=rory())
    published = make_edition().article
    take_down(publishing.unpublish, published)
    hers = make_article(by=edith(), headline="Edith’s, with Rory in the byline")
    assert put(own, by=rory()).trashed_by == rory()
    for article in (submitted, published, hers):
        with pytest.raises(PermissionDenied):
            put(article, by=rory())
    assert Article.objects.trashed().count() == 1
    trash.untrash(own, by=rory())


@pytest.mark.parametrize("who", [wren, mo, rosa])
def test_others_put_nothing_away_nor_back(who):
    article = make_article(by=rory())
    with pytest.raises(PermissionDenied):
        put(article, by=who())
    put(article)
    with pytest.raises(PermissionDenied):
        trash.untrash(article, by=who())
    assert Article.objects.trashed().exists()


@pytest.mark.parametrize("who", [rory, edith, wren, mo, rosa])
def test_only_who_may_delete_deletes_at_once(who):
    article = put(make_article())
    with pytest.raises(PermissionDenied):
        trash.delete(article, by=who())
    visit(who()).post(address(article, "delete_now"))
    assert Article.objects.exists()


@pytest.mark.parametrize("who", [None, rosa, mo, wren])
@pytest.mark.parametrize("page", ["trash", "put_back", "delete_now", "change"])
def test_a_stranger_learns_nothing_of_a_story_in_the_trash(who, page):
    article = put(make_article(by=rory(), headline="Canary"))
    client = visit(who()) if who else Client()
    for response in (client.get(address(article, page)), client.post(address(article, page), {"version": "1"})):
        assert response.status_code in {302, 403, 404, 405}
        assert "Canary" not in response.text
    assert "Canary" not in client.get(reverse("admin:articles_article_trash_list"), follow=True).text
    assert Article.objects.trashed().exists()


def test_a_writer_sees_their_own_in_the_trash_and_no_others():
    put(make_article(by=rory(), headline="Rory’s own"))
    put(make_article(by=edith(), bylines=(), headline="Edith’s own"))
    page = visit(rory()).get(reverse("admin:articles_article_trash_list")).text
    assert "Rory’s own" in page
    assert "Edith’s own" not in page


# --- What is refused -------------------------------------------------------------------------------


def live() -> Article:
    return make_edition().article


def waiting() -> Article:
    return make_edition(at=timezone.now() + DAY).article


def expired_with_a_change_to_come() -> Article:
    article = make_edition().article
    take_down(publishing.unpublish, article)
    change(article, dek="For later")
    publish(article, timezone.now() + DAY)
    return article


def retracted() -> Article:
    article = make_edition().article
    take_down(publishing.retract, article)
    return article


@pytest.mark.parametrize("story", [live, waiting, expired_with_a_change_to_come, retracted])
def test_what_concerns_readers_stays(story):
    article = story()
    with pytest.raises(NotPossible):
        put(article)
    assert not Article.objects.trashed().exists()


def test_a_story_under_embargo_stays_until_it_lifts():
    article = make_article()
    promised = Terms(timezone.now() + DAY, "The studio")
    embargo.set_embargo(article, promised, version=article.version, by=edith())
    with pytest.raises(Embargoed):
        put(article)
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert put(article).trashed_at


def test_a_story_with_unsaved_words_of_another_stays():
    article, now = make_article(), timezone.now()
    there = {"opened_at": now, "seen_at": now, "opened_to_write": True, "is_writing": True}
    Presence.objects.create(article=article, user=rory(), page="p" * 20, **there)
    with pytest.raises(NotPossible, match="rory has it open"):
        put(article)
    assert put(article, by=rory()).trashed_at


def test_a_newer_version_than_the_one_on_screen_stays():
    article = make_article()
    change(article, dek="Newer")
    with pytest.raises(editing.Conflict):
        trash.trash(article, version=article.version, by=edith())
    told = visit(edith()).post(address(article, "trash"), {"version": "x" * 20}, follow=True)
    assert "was changed meanwhile" in told.text


def test_putting_away_or_back_twice_says_so():
    article = put(make_article())
    with pytest.raises(PermissionDenied):
        put(article)
    trash.untrash(article, by=edith())
    with pytest.raises(NotPossible):
        trash.untrash(article, by=edith())
    with pytest.raises(NotPossible):
        trash.delete(article, by=chief())


VERBS: dict[str, Any] = {
    "save": lambda it: editing.save(it, it.draft, version=it.version, by=edith()),
    "autosave": lambda it: editing.autosave(it, it.draft, version=it.version, by=edith()),
    "duplicate": lambda it: editing.duplicate(it, by=edith()),
    "submit": lambda it: publishing.submit(it, version=it.version, by=edith()),
    "publish": lambda it: publishing.publish(it, version=it.version, by=edith()),
    "bring_back": lambda it: publishing.bring_back(it, version=it.version, by=edith()),
    "embargo": lambda it: embargo.set_embargo(it, Terms(timezone.now() + DAY, "x"), version=it.version, by=edith()),
    "correct": lambda it: corrections.correct(
        it, text="x", kind="correction", place="top", version=it.version, by=edith()
    ),
    "note": lambda it: make_note(it),
    "assign": lambda it: assign(it, to=edith()),
    "share": lambda it: sharing.share(it, by=edith()),
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_acts_on_it(verb):
    article = put(make_article())
    before = (article.events.count(), article.version)
    with pytest.raises(PermissionDenied):
        VERBS[verb](article)
    article.refresh_from_db()
    assert (article.events.count(), article.version) == before


def test_no_list_of_the_admin_shows_it():
    put(make_article(headline="Canary"))
    desk = visit(edith())
    complete = "?app_label=articles&model_name=correction&field_name=article"
    for url in ("/admin/articles/article/", "/admin/", f"/admin/autocomplete/{complete}"):
        assert "Canary" not in desk.get(url).text
    assert "Canary" in desk.get("/admin/articles/event/").text


@pytest.mark.parametrize("page", ["preview", "share", "embargo", "story_history", "corrections", "duplicate"])
def test_no_other_page_of_it_opens(page):
    article = put(make_article())
    assert visit(edith()).get(address(article, page)).status_code == 404


# --- For good --------------------------------------------------------------------------------------


def test_after_thirty_days_it_goes_with_what_hangs_on_it_and_the_log_stays():
    picture = make_picture()
    edition = make_edition(headline="Not for ever", lead_image=picture.pk)
    head = make_shown_comment(edition)
    make_comment(edition, parent=head)
    correct(edition)
    sharing.share(edition.article, by=rory())
    make_note(edition.article)
    assign(edition.article, to=rory())
    take_down(publishing.unpublish, edition.article)
    put(edition.article)
    number, kinds = (
        edition.article_id,
        list(Event.objects.filter(article=edition.article).values_list("kind", flat=True)),
    )
    call_command("tick")
    assert Article.objects.exists()
    with time_machine.travel(timezone.now() + 31 * DAY):
        call_command("tick")
        call_command("tick")
    for model in (Article, Edition, Revision, Note, Discussion, Comment):
        assert not model.objects.exists(), model
    assert Image.objects.get() == picture
    assert sorted(Event.objects.values_list("kind", flat=True)) == sorted([*kinds, Event.Kind.DELETED])
    assert set(Event.objects.values_list("deleted_story", flat=True)) == {f"No. {number}, Not for ever"}
    assert Event.objects.get(kind=Event.Kind.TRASHED).by == edith()
    log = visit(edith()).get("/admin/articles/event/").text
    assert "Not for ever" in log
    assert "Deleted for good" in log
    assert "Not for ever" in visit(edith()).get("/admin/articles/event/export/").getvalue().decode()
    assert "Not for ever" not in visit(rory()).get("/admin/articles/event/").text
    assert visit(edith()).get("/admin/").status_code == 200


def test_one_who_may_deletes_at_once_and_is_on_record():
    article = put(make_article(headline="Away with it"))
    desk = visit(chief())
    assert "for good" in desk.get(address(article, "delete_now")).text
    assert "is deleted" in desk.post(address(article, "delete_now"), follow=True).text
    assert not Article.objects.exists()
    assert Event.objects.get(kind=Event.Kind.DELETED).by == chief()


def test_the_stock_deletion_stays_shut():
    article = put(make_article())
    assert visit(chief()).post(address(article, "delete"), {"post": "yes"}).status_code in {302, 403, 404}
    assert Article.objects.exists()


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stories", [2, 20])
def test_the_trash_takes_the_same_queries_for_any_number_of_stories(django_assert_max_num_queries, stories):
    make_author()
    for _ in range(stories):
        put(make_article())
    desk = visit(edith())
    with django_assert_max_num_queries(7):
        desk.get(reverse("admin:articles_article_trash_list"))
