"""Correcting a story and withdrawing a correction: what is written, who may, what is refused, what is left alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import corrections, publishing
from articles.editing import Conflict
from articles.models import Article, Correction, Event
from articles.publishing import NotPossible
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
)

pytestmark = pytest.mark.django_db


def withdraw(correction: Correction, note: str = "It was right after all.") -> Correction:
    return corrections.withdraw(correction, by=edith(), note=note)


# --- It works --------------------------------------------------------------------------------------


def test_a_correction_says_what_was_said_on_which_edition_by_whom():
    first = make_edition()
    second = republish(first.article)
    made = correct(second, "It was two.", kind="clarification", place="top")
    assert (made.article, made.edition, made.by) == (second.article, second, edith())
    assert (made.kind, made.text, made.place) == ("clarification", "It was two.", "top")


def test_a_correction_is_plain_text_in_one_paragraph():
    assert correct(make_edition(), " It <b>was</b>\r\n\n two.\x00 ").text == "It <b>was</b> two."


def test_a_story_may_have_several():
    edition = make_edition()
    made = [correct(edition, f"It was {number}.") for number in range(3)]
    assert list(Correction.objects.public()) == made[::-1]


def test_a_correction_stays_across_editions():
    edition = make_edition()
    made = correct(edition)
    republish(edition.article, headline="Put right")
    [public] = Correction.objects.public()
    assert (public, public.headline) == (made, "Put right")


def test_a_withdrawn_correction_is_public_no_more_and_kept_with_its_reason():
    made = withdraw(correct(make_edition()), "We were right.")
    assert (made.withdrawn_by, made.withdrawn_because) == (edith(), "We were right.")
    assert made.withdrawn_at is not None
    assert Correction.objects.get() == made
    assert not Correction.objects.public()


def test_a_correction_can_be_withdrawn_when_its_story_is_gone():
    edition = make_edition()
    made = correct(edition)
    take_down(publishing.unpublish, edition.article)
    withdraw(made)
    take_down(publishing.bring_back, edition.article)
    assert not Correction.objects.public()


def test_what_was_withdrawn_may_be_said_again():
    edition = make_edition()
    withdraw(correct(edition, "It was two."))
    again = correct(edition, "It was two.")
    assert list(Correction.objects.public()) == [again]


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [rory, mo, rosa])
def test_only_an_editor_corrects_and_withdraws(person):
    edition = make_edition()
    made = correct(edition)
    with pytest.raises(PermissionDenied):
        correct(edition, "Something else.", by=person())
    with pytest.raises(PermissionDenied):
        corrections.withdraw(made, by=person(), note="Because.")
    assert list(Correction.objects.public()) == [made]


def test_an_editor_who_has_left_corrects_nothing():
    gone = make_user("gone", "Editor", is_staff=True, is_active=False)
    with pytest.raises(PermissionDenied):
        correct(make_edition(), by=gone)


# --- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.retract])
def test_a_story_that_readers_have_not_cannot_be_corrected(verb):
    never, waits = make_article(), make_edition(timezone.now() + timedelta(days=1)).article
    gone = take_down(verb, make_edition().article)
    for article in (never, waits, gone):
        now = Article.objects.get(pk=article.pk)
        with pytest.raises(NotPossible, match="no reader has it"):
            corrections.correct(now, text="No.", kind="correction", place="top", version=now.version, by=edith())
    assert not Correction.objects.exists()


def test_whoever_read_older_words_is_told():
    edition = make_edition()
    read = Article.objects.get(pk=edition.article_id).version
    change(edition.article, dek="Changed meanwhile")
    with pytest.raises(Conflict):
        correct(edition, version=read)


@pytest.mark.parametrize(
    ("text", "why"), [("", "needs words"), (" \n\x00", "needs words"), ("x" * 1001, "this one has 1001")]
)
def test_a_correction_of_no_words_or_too_many_is_refused(text, why):
    with pytest.raises(NotPossible, match=why):
        correct(make_edition(), text)


def test_a_correction_as_long_as_may_be_is_kept_whole():
    assert len(correct(make_edition(), "é" * 1000).text) == 1000


def test_saying_the_same_twice_is_refused():
    edition = make_edition()
    correct(edition, "It was two.")
    with pytest.raises(NotPossible, match="says this already"):
        correct(edition, "It was  two.", place="top")
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("unknown", [{"kind": "joke"}, {"place": "middle"}])
def test_there_is_no_other_kind_and_no_other_place(unknown):
    with pytest.raises(ValueError, match="is not a valid"):
        correct(make_edition(), **unknown)


@pytest.mark.parametrize("note", ["", "  "])
def test_withdrawing_needs_a_reason(note):
    made = correct(make_edition())
    with pytest.raises(NotPossible, match="needs a reason"):
        withdraw(made, note)
    assert list(Correction.objects.public()) == [made]


def test_what_is_withdrawn_is_not_withdrawn_again():
    made = withdraw(correct(make_edition()), "First.")
    with pytest.raises(NotPossible, match="withdrawn already"):
        withdraw(made, "Second.")
    assert Correction.objects.get().withdrawn_because == "First."


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"kind": "joke"}, "correction_kind_known"),
        ({"place": "side"}, "correction_place_known"),
        ({"text": ""}, "correction_has_words"),
        ({"withdrawn_because": "No date."}, "correction_withdrawn_for_a_reason"),
        ({"withdrawn_at": timezone.now()}, "correction_withdrawn_for_a_reason"),
    ],
)
def test_the_database_holds_the_rules_too(broken, constraint):
    made = correct(make_edition())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(**broken)


# --- What else happens -----------------------------------------------------------------------------


def test_correcting_and_withdrawing_are_on_record():
    edition = make_edition()
    withdraw(correct(edition, "It was two.", note="Ines rang."), "She was wrong.")
    last, before = edition.article.events.all()[:2]
    assert (before.kind, before.by, before.edition) == (Event.Kind.CORRECTED, edith(), edition)
    assert before.note == "Correction: It was two. (Ines rang.)"
    assert (last.kind, last.note) == (Event.Kind.CORRECTION_WITHDRAWN, "Correction: It was two. (She was wrong.)")


def test_a_correction_disturbs_nobody_who_writes_and_changes_no_edition():
    edition = make_edition()
    before = Article.objects.get(pk=edition.article_id)
    correct(edition)
    after = Article.objects.get(pk=edition.article_id)
    assert (after.version, after.stage, after.revisions.count()) == (
        before.version,
        before.stage,
        before.revisions.count(),
    )
    assert after.live_edition == edition
    assert after.live_edition.updated_at == edition.updated_at
