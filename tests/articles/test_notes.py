"""Notes on a story: who may write and read them, who is mentioned, and that they leave the words alone."""

from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import assigning, editing, notes
from articles.mentions import MOST, mentioned
from articles.models import Article, Event, Note
from articles.publishing import NotPossible
from newsroom.models import User
from tests.articles.test_admin_story import address, messages_of
from tests.factories import (
    change,
    edith,
    make_article,
    make_edition,
    make_note,
    make_section,
    make_user,
    mo,
    rory,
    rosa,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db
LIST = "admin:articles_note_changelist"


def at(note: Note, what: str, article: Article | None = None) -> str:
    return reverse(f"admin:articles_article_notes_{what}", args=[article.pk if article else note.article_id, note.pk])


def send(user: User, article: Article, text: str) -> Any:
    return visit(user).post(address(article, "notes"), {"text": text}, follow=True)


# --- Mentions, purely ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@rory look", ("rory",)),
        ("Ask @Rory, @edith.", ("rory", "edith")),
        ("@rory @RORY", ("rory",)),
        ("(@rory)", ("rory",)),
        ("@rory.vance is here", ("rory.vance",)),
        ("write to rory@example.com", ()),
        ("@ nobody", ()),
        ("@...", ()),
        ("@élodie", ("élodie",)),
        ("x@@rory", ()),
        ("", ()),
    ],
)
def test_a_mention_is_an_at_and_a_user_name(text, names):
    assert mentioned(text) == names


def test_a_note_mentions_so_many_and_no_more():
    assert len(mentioned(" ".join(f"@name{number}" for number in range(100)))) == MOST


# --- It works --------------------------------------------------------------------------------------


def test_a_note_is_written_answered_resolved_and_opened_again():
    writer, editor, article = rory(), edith(), make_article()
    note = notes.write(article, text="Who said that, @rory?", by=editor).note
    notes.answer(note, text="The mayor.", by=writer)
    notes.resolve(note, by=writer)
    note.refresh_from_db()
    assert (list(note.mentions.all()), note.resolved_by, note.answers.count()) == ([writer], writer, 1)
    notes.reopen(note, by=editor)
    assert list(article.notes.open()) == [note]
    kinds = [Event.Kind.NOTE_REOPENED, Event.Kind.NOTE_RESOLVED, Event.Kind.NOTED]
    assert [(event.kind, event.by) for event in article.events.all()[:3]] == list(
        zip(kinds, [editor, writer, editor], strict=True)
    )


def test_a_note_leaves_the_words_and_their_version_alone():
    article = make_article()
    note = make_note(article)
    notes.resolve(note, by=edith())
    now = Article.objects.get(pk=article.pk)
    assert (now.version, now.draft, now.saved_at) == (article.version, article.draft, article.saved_at)
    editing.save(article, article.draft, version=article.version, by=rory())


def test_whoever_wrote_a_note_has_not_changed_the_story():
    article = make_article()
    old = article.version
    change(article, by=rory(), dek="Rory’s")
    make_note(article, by=edith())
    with pytest.raises(editing.Conflict, match="changed meanwhile by rory"):
        change_at(article, old)


def change_at(article: Article, version: int) -> None:
    draft = Article.objects.get(pk=article.pk).draft
    editing.save(article, type(draft)(**(vars(draft) | {"dek": "Mine"})), version=version, by=edith())


def test_the_page_keeps_a_note_and_links_addresses_safely():
    article = make_article()
    page = send(edith(), article, "See https://example.com/a?b=1 <script>alert(1)</script>\njavascript:alert(2)")
    assert '<a href="https://example.com/a?b=1" rel="nofollow">' in page.text
    assert "<script>alert" not in page.text
    assert 'href="javascript' not in page.text


def test_who_is_mentioned_and_may_not_open_the_story_is_named_and_the_note_kept():
    article = make_article(by=rory())
    wren(), rosa()
    page = send(edith(), article, "@rory, @wren, @rosa and @ghost, please.")
    assert "not told to @wren, @rosa, @ghost" in messages_of(page)
    assert [one.username for one in Note.objects.get().mentions.all()] == ["rory"]


def test_the_page_answers_resolves_and_opens_again():
    note = make_note(make_article())
    desk = visit(rory())
    page = desk.post(at(note, "answer"), {"text": "Will do."}, follow=True)
    assert "Will do." in page.text
    assert "Resolved." in messages_of(desk.post(at(note, "resolve"), follow=True))
    assert "Resolved (1)" in desk.get(address(note.article, "notes")).text
    assert "Open again." in messages_of(desk.post(at(note, "reopen"), follow=True))


def test_the_story_tells_how_many_notes_are_open():
    article = make_article()
    notes.resolve(make_note(article, "Done"), by=edith())
    make_note(article)
    assert "Notes and work (1 open)" in visit(rory()).get(address(article)).text


def test_the_list_has_what_concerns_one_first_and_nothing_resolved():
    mine, other = make_article(by=rory(), headline="Rory’s"), make_article(by=wren(), headline="Wren’s", bylines=())
    make_note(mine, "On my story")
    make_note(other, "Hidden from Rory", by=wren())
    make_note(other, "For @edith", by=wren())
    notes.resolve(make_note(mine, "Long done"), by=edith())
    rows = {
        name: [note.text for note in found] for name, _, found in visit(rory()).get(reverse(LIST)).context["groups"]
    }
    assert rows == {"For you": ["On my story"], "On other stories": []}
    rows = {
        name: [note.text for note in found] for name, _, found in visit(edith()).get(reverse(LIST)).context["groups"]
    }
    assert rows == {"For you": ["For @edith"], "On other stories": ["Hidden from Rory", "On my story"]}


def test_a_mention_in_an_answer_concerns_one_too():
    note = make_note(make_article(by=rory()))
    notes.answer(note, text="Ask @edith", by=rory())
    assert list(Note.objects.open().concerning(edith())) == [note]


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [wren, mo, rosa])
def test_who_may_not_open_the_story_writes_answers_and_settles_nothing(who):
    note = make_note(make_article(by=rory()), "Quetzalcoatlus")
    person = who()
    for verb in (
        lambda: notes.write(note.article, text="x", by=person),
        lambda: notes.answer(note, text="x", by=person),
        lambda: notes.resolve(note, by=person),
        lambda: notes.reopen(note, by=person),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    desk = visit(person)
    urls = [address(note.article, "notes"), *(at(note, what) for what in ("answer", "resolve", "reopen"))]
    for url in urls:
        assert desk.post(url, {"text": "x"}).status_code in {302, 403, 404}
    assert desk.get(urls[0]).status_code in {302, 404}
    assert "Quetzalcoatlus" not in desk.get(reverse(LIST)).text
    note.refresh_from_db()
    assert (Note.objects.count(), note.resolved_at) == (1, None)


@pytest.mark.parametrize(("who", "status"), [(rosa, 302), (mo, 403), (rory, 200), (edith, 200)])
def test_the_list_is_for_who_has_to_do_with_stories(who, status):
    assert visit(who()).get(reverse(LIST)).status_code == status


def test_a_stranger_is_asked_to_sign_in():
    note = make_note(make_article())
    for url in (address(note.article, "notes"), reverse(LIST), at(note, "resolve")):
        assert "/login/" in Client().post(url).headers["Location"]


def test_a_note_of_another_story_is_not_found():
    note, other = make_note(make_article(by=rory())), make_article(by=wren(), bylines=())
    for what in ("answer", "resolve", "reopen"):
        assert visit(wren()).post(at(note, what, other), {"text": "x"}).status_code == 404


def test_a_form_of_another_site_writes_nothing():
    article = make_article()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(edith())
    assert strict.post(address(article, "notes"), {"text": "x"}).status_code == 403
    assert not Note.objects.exists()


def test_who_may_open_is_visible_to_from_the_other_side():
    cast = [rory(), wren(), edith(), mo(), rosa(), make_user("idle", "Editor", is_staff=True, is_active=False)]
    limited = make_user("tess", "Editor", is_staff=True)
    make_section("film").editors.add(limited)
    cast += [
        limited,
        make_user("half", "Editor"),
        make_user("clerk", is_staff=True),
        make_user("root", is_superuser=True),
    ]
    mine, byline, nobodys = make_article(by=rory()), make_article(by=edith()), make_article(by=edith(), bylines=())
    given = assigning.assign(nobodys, to=wren(), due=None, by=edith())
    for article in (mine, byline, make_article(by=edith(), bylines=()), given):
        able = {one.username for one in cast if Article.objects.visible_to(one).filter(pk=article.pk).exists()}
        assert {one.username for one in article.who_may_open()} == able


def test_notes_stand_on_no_page_of_the_readers():
    edition = make_edition()
    make_note(edition.article, "Quetzalcoatlus")
    for url in (edition.path, "/", f"/comments/{edition.article_id}/"):
        assert "Quetzalcoatlus" not in Client().get(url).text


# --- What is refused, and not lost -----------------------------------------------------------------


@pytest.mark.parametrize(("text", "why"), [("  \n ", "needs words"), ("x" * 2001, "at most 2000")])
def test_a_note_with_a_mistake_is_shown_again(text, why):
    article = make_article()
    note = make_note(article)
    for url in (address(article, "notes"), at(note, "answer")):
        page = visit(rory()).post(url, {"text": text})
        assert page.status_code == 422
        assert why in page.text
        assert text.strip() in page.text
    assert Note.objects.count() == 1


def test_pressed_twice_it_is_one_note():
    article = make_article()
    send(edith(), article, "Once")
    assert "said this already" in send(edith(), article, "Once").text
    assert Note.objects.count() == 1
    with time_machine.travel(timezone.now() + 2 * notes.SAME_WITHIN, tick=False):
        send(edith(), article, "Once")
    assert Note.objects.count() == 2


def test_an_answer_has_no_answers_and_is_not_resolved():
    note = make_note(make_article())
    answer = notes.answer(note, text="Yes.", by=rory()).note
    with pytest.raises(NotPossible, match="not the answer"):
        notes.answer(answer, text="No.", by=edith())
    with pytest.raises(NotPossible):
        notes.resolve(answer, by=edith())
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=answer.pk).update(resolved_at=timezone.now())


def test_a_resolved_note_is_opened_before_it_is_answered_and_what_was_typed_stays():
    note = make_note(make_article())
    notes.resolve(note, by=edith())
    page = visit(rory()).post(at(note, "answer"), {"text": "But wait"})
    assert page.status_code == 422
    assert "Open it again" in page.text
    assert "But wait" in page.text
    assert "resolved already" in messages_of(visit(rory()).post(at(note, "resolve"), follow=True))


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_settling_is_a_post(method):
    note = make_note(make_article())
    for what in ("answer", "resolve", "reopen"):
        assert getattr(visit(edith()), method)(at(note, what)).status_code == 405


def test_nul_and_carriage_returns_are_no_words():
    note = notes.write(make_article(), text="One\r\ntwo\x00", by=edith()).note
    assert note.text == "One\ntwo"


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 20])
def test_the_pages_take_the_same_queries_for_any_number_of_notes(django_assert_num_queries, count):
    article = make_article()
    for number in range(count):
        note = make_note(article, f"Note {number} for @rory")
        notes.answer(note, text="Yes, @edith", by=rory())
        if number % 2:
            notes.resolve(note, by=rory())
    desk = visit(edith())
    with django_assert_num_queries(17):
        desk.get(address(article, "notes"))
    with django_assert_num_queries(8):
        desk.get(reverse(LIST))
