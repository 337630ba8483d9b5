"""Autosave: the same compare and swap as a save, without a trace in the history, and never against itself."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles import editing, publishing
from articles.body.clean import BodyTooHeavy
from articles.editing import Page
from articles.models import Article, Event
from tests.articles.test_at_once import at_once, only
from tests.factories import change, edith, make_article, make_edition, mo, rory, rosa, wren

pytestmark = pytest.mark.django_db
DESK = "page-of-the-desktop"
PHONE = "page-of-the-phone--"


def typed(article: Article, headline: str, *, version: int = 0, by=None, word: str = DESK, turn: int = 1) -> Article:
    """What an open page sends by itself."""
    draft = replace(article.draft, headline=headline)
    page = Page(word, turn)
    return editing.autosave(article, draft, version=version or article.version, by=by or rory(), page=page)


def press_save(article: Article, headline: str, *, version: int, by=None, word: str = DESK, turn: int = 1) -> Article:
    draft = replace(article.draft, headline=headline)
    return editing.save(article, draft, version=version, by=by or rory(), page=Page(word, turn))


def headlines(article: Article) -> list[str]:
    return [revision.draft.headline for revision in article.revisions.order_by("version")]


# --- It works --------------------------------------------------------------------------------------


def test_words_are_stored_as_a_new_version_without_revision_or_event():
    article = make_article(headline="One")
    before = (article.revisions.count(), article.events.count())
    stored = typed(article, "Two")
    assert (stored.headline, stored.version, stored.saved_by) == ("Two", article.version + 1, rory())
    assert (article.revisions.count(), article.events.count()) == before
    assert Article.objects.get(pk=article.pk).headline == "Two"


def test_a_page_writes_on_and_on_without_being_in_its_own_way():
    article = make_article()
    first = typed(article, "H", turn=1)
    again = typed(article, "He", version=article.version, turn=2)
    last = typed(article, "Hel", version=first.version, turn=3)
    assert [first.version, again.version, last.version] == [article.version + n for n in (1, 2, 3)]


def test_a_save_that_arrives_while_ones_own_autosave_is_in_flight_is_no_conflict():
    article = make_article(headline="One")
    typed(article, "Two", turn=1)
    saved = press_save(article, "Three", version=article.version, turn=2)
    assert saved.headline == "Three"
    assert headlines(article) == ["One", "Three"]


def test_a_save_sent_again_with_more_words_is_no_conflict():
    article = make_article(headline="One")
    press_save(article, "Two", version=article.version, turn=1)
    assert press_save(article, "Three", version=article.version, turn=2).headline == "Three"
    assert headlines(article) == ["One", "Two", "Three"]


def test_saving_words_that_autosave_stored_leaves_one_revision_of_them():
    article = make_article(headline="One")
    stored = typed(article, "Two")
    for _ in range(3):
        press_save(article, "Two", version=stored.version)
    assert headlines(article) == ["One", "Two"]
    assert article.events.filter(kind=Event.Kind.SAVED).count() == 2
    assert article.events.first().note == "headline"


def test_the_event_of_a_save_names_all_that_autosaves_changed():
    article = make_article(headline="One")
    stored = typed(article, "Two")
    editing.save(stored, replace(stored.draft, dek="New"), version=stored.version, by=rory(), page=Page(DESK, 2))
    assert article.events.first().note == "headline, dek"


def test_a_request_overtaken_by_a_later_one_of_its_page_changes_nothing():
    article = make_article()
    stored = typed(article, "Hello", turn=5)
    late = typed(article, "Hel", version=article.version, turn=3)
    assert (late.headline, late.version) == ("Hello", stored.version)


def test_an_autosave_that_arrives_after_the_save_button_changes_nothing():
    article = make_article()
    press_save(article, "Finished", version=article.version, turn=9)
    assert typed(article, "Finishe", version=article.version, turn=8).headline == "Finished"


def test_typing_on_in_a_published_story_is_seen_by_no_reader():
    edition = make_edition(headline="As printed")
    article = Article.objects.get(pk=edition.article_id)
    stored = typed(article, "As rewritten", by=edith())
    assert (stored.stage, stored.live_edition.headline) == ("draft", "As printed")


def test_publishing_words_that_were_only_autosaved_keeps_them():
    article = typed(make_article(headline="One"), "Two")
    publishing.publish(article, version=article.version, by=edith())
    assert headlines(article)[-1] == "Two"


# --- Nothing is lost between pages -----------------------------------------------------------------


def test_another_persons_save_keeps_what_was_only_autosaved_under_its_writers_name():
    article = make_article(headline="One")
    stored = typed(article, "Rory’s")
    press_save(article, "Edith’s", version=stored.version, by=edith(), word=PHONE)
    kept = article.revisions.order_by("version")
    assert [(row.draft.headline, row.made_by) for row in kept] == [
        ("One", rory()),
        ("Rory’s", rory()),
        ("Edith’s", edith()),
    ]


def test_ones_own_other_page_keeps_what_the_first_left():
    article = make_article(headline="One")
    stored = typed(article, "On the desk")
    typed(article, "On the phone", version=stored.version, word=PHONE)
    assert headlines(article) == ["One", "On the desk"]


@pytest.mark.parametrize("word", [PHONE, ""])
def test_ones_own_second_page_is_in_conflict_with_the_first(word):
    article = make_article()
    typed(article, "On the desk")
    with pytest.raises(editing.Conflict):
        typed(article, "On the phone", word=word)


def test_the_word_of_somebody_elses_page_opens_nothing():
    article = make_article()
    typed(article, "Rory’s")
    with pytest.raises(editing.Conflict) as told:
        typed(article, "Edith’s", version=article.version, by=edith(), turn=2)
    assert told.value.who == "rory"


def test_after_another_has_saved_ones_page_goes_on_no_more():
    article = make_article()
    stored = typed(article, "Rory’s", turn=1)
    change(article, by=edith(), headline="Edith’s")
    for version in (article.version, stored.version):
        with pytest.raises(editing.Conflict, match="by edith"):
            typed(article, "Rory’s again", version=version, turn=2)


def test_a_move_by_another_is_named_in_the_conflict():
    article = make_article()
    publishing.publish(article, version=article.version, by=edith())
    with pytest.raises(editing.Conflict, match="by edith"):
        typed(article, "Meanwhile")


def test_the_same_words_give_no_right_to_a_version_that_was_not_read():
    article = make_article(headline="One")
    publishing.publish(article, version=article.version, by=edith())
    with pytest.raises(editing.Conflict):
        typed(article, "One", version=article.version)


# --- Who may, and what is refused ------------------------------------------------------------------


@pytest.mark.parametrize("person", [wren, mo, rosa])
def test_whoever_may_not_save_may_not_autosave(person):
    article = make_article()
    with pytest.raises(PermissionDenied):
        typed(article, "Mine now", by=person())


def test_the_words_are_cleaned_and_measured_as_in_a_save():
    article = make_article()
    dirty = replace(article.draft, headline=" A\nline\x00 ", body="<p onclick=x()>Hi<script>alert(1)</script></p>")
    stored = editing.autosave(article, dirty, version=article.version, by=rory())
    assert (stored.headline, stored.body) == ("A line", "<p>Hi</p>")
    for error, fields in ((BodyTooHeavy, {"body": "<p>" * 8_001}), (ValidationError, {"slug": "a/b"})):
        with pytest.raises(error):
            editing.autosave(article, replace(stored.draft, **fields), version=stored.version, by=rory())
    assert Article.objects.get(pk=article.pk).version == stored.version


def test_a_writers_typing_takes_back_the_approval():
    article = make_article()
    article = publishing.submit(article, version=article.version, by=rory())
    article = publishing.approve(article, version=article.version, by=edith())
    assert typed(article, "By the editor", by=edith()).stage == "ready"
    article.refresh_from_db()
    assert typed(article, "By the writer", word=PHONE).stage == "draft"


# --- At once ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_ten_pages_at_once_one_wins_and_nine_are_told():
    article, people = make_article(), [rory(), edith()]
    drafts = [replace(article.draft, headline=f"Page {number}") for number in range(10)]

    def act(number: int) -> Article:
        verb = editing.save if number % 3 == 0 else editing.autosave
        page = Page(f"page-number-{number:06}", 1)
        return verb(article, drafts[number], version=article.version, by=people[number % 2], page=page)

    got = at_once(10, act)
    assert (len(only(Article, got)), len(only(editing.Conflict, got))) == (1, 9), got
    now = Article.objects.get(pk=article.pk)
    assert (now.headline, now.version) == (only(Article, got)[0].headline, article.version + 1)


@pytest.mark.django_db(transaction=True)
def test_ten_requests_of_one_page_in_any_order_end_with_its_last_words():
    article, writer = make_article(), rory()
    drafts = [replace(article.draft, headline=f"Turn {turn}") for turn in range(10)]

    def act(turn: int) -> Article:
        return editing.autosave(article, drafts[turn], version=article.version, by=writer, page=Page(DESK, turn))

    got = at_once(10, act)
    assert len(only(Article, got)) == 10, got
    assert Article.objects.get(pk=article.pk).headline == "Turn 9"
