"""What is kept of a story, and what can be done with it: naming, restoring, setting aside, pruning."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import editing, history, publishing, sharing
from articles.draft import BylinePart, Draft
from articles.models import Article, Revision
from tests.factories import (
    change,
    edith,
    make_article,
    make_author,
    make_draft,
    make_picture,
    make_topic,
    mo,
    publish,
    rory,
    wren,
)

pytestmark = pytest.mark.django_db

KIND = Revision.Kind


def now(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def kinds(article: Article) -> list[str]:
    return [revision.kind for revision in article.revisions.order_by("made_at", "pk")]


def autosaved(article: Article, **fields: object) -> Article:
    article = now(article)
    return editing.autosave(article, replace(article.draft, **fields), version=article.version, by=rory())


def submitted(article: Article) -> Article:
    article = now(article)
    return publishing.submit(article, version=article.version, by=rory())


# --- What is kept ----------------------------------------------------------------------------------


def test_every_save_is_kept_with_every_field():
    article = make_article()
    fields = {
        "dek": "A dek",
        "topics": (make_topic().pk,),
        "bylines": (BylinePart(make_author("Bex Molloy").pk, "pictures"),),
        "lead_image": make_picture().pk,
        "sponsor": "Ferries Ltd",
    }
    saved = change(article, **fields)
    assert saved.revisions.first().draft == saved.draft
    assert kinds(article) == ["saved", "saved"]


def test_submitting_and_publishing_mark_the_version_that_holds_the_words():
    article = make_article()
    submitted(article)
    assert kinds(article) == ["submitted"]
    publish(article)
    assert kinds(article) == ["published"]


def test_words_that_were_only_autosaved_are_kept_when_they_leave_the_desk():
    article = make_article()
    autosaved(article, dek="Typed, not saved")
    assert kinds(article) == ["saved"]
    submitted(article)
    autosaved(article, dek="And typed again")
    publish(article)
    assert kinds(article) == ["saved", "submitted", "published"]
    assert [one.draft.dek for one in article.revisions.order_by("version")] == [
        "",
        "Typed, not saved",
        "And typed again",
    ]


def test_saving_what_was_autosaved_keeps_it_once():
    article = make_article()
    autosaved(article, dek="Typed")
    for _ in range(2):
        change(article, by=rory(), dek="Typed")
    assert [one.draft.dek for one in article.revisions.all()] == ["Typed", ""]


def test_no_two_versions_in_a_row_are_alike_and_no_number_comes_twice():
    article = make_article(dek="A")
    for dek in ("B", "B", "A", "A", "B"):
        change(article, dek=dek)
        autosaved(article, dek="typed")
        publish(article)
    past = list(article.revisions.order_by("version"))
    assert all(one.source != other.source for one, other in pairwise(past))
    assert len({one.version for one in past}) == len(past)


def test_what_was_published_stays_so_whatever_is_done_to_the_same_words():
    article = make_article()
    publish(article)
    live = now(article)
    publishing.unpublish(live, version=live.version, by=edith())
    submitted(article)
    assert kinds(article) == ["published"]


def test_an_import_is_kept_as_one():
    article = editing.start(by=rory(), draft=make_draft(), import_hash="0" * 64)
    assert kinds(article) == ["imported"]


# --- Restoring -------------------------------------------------------------------------------------


def test_restoring_puts_old_words_back_and_readers_see_nothing_of_it():
    article = make_article(headline="As it was")
    first = article.revisions.get()
    publish(article)
    change(article, headline="As it is")
    publish(article)
    current = now(article)
    restored = history.restore(current, first, version=current.version, by=rory())
    assert restored.draft.headline == "As it was"
    assert restored.stage == "draft"
    assert article.live_edition.headline == "As it is"
    assert article.revisions.first().kind == KIND.RESTORED


def test_an_edition_can_be_restored_too():
    article = make_article(headline="As readers had it")
    edition = publish(article)
    current = change(article, headline="Changed")
    assert history.restore(current, edition, version=current.version, by=edith()).headline == "As readers had it"


def test_restoring_over_words_one_has_not_read_is_a_conflict():
    article = make_article(headline="One")
    first = article.revisions.get()
    read = change(article, headline="Two")
    change(article, headline="Three")
    with pytest.raises(editing.Conflict):
        history.restore(read, first, version=read.version, by=edith())
    assert now(article).headline == "Three"


def test_what_no_longer_exists_is_left_out_of_what_is_restored():
    topic, author, picture = make_topic("Gone"), make_author("Gone Too"), make_picture()
    article = make_article(topics=(topic.pk,), bylines=(BylinePart(author.pk),), lead_image=picture.pk, dek="Old")
    first = article.revisions.get()
    read = change(article, topics=(), bylines=(), lead_image=None, dek="New")
    for row in (topic, author, picture):
        row.delete()
    restored = history.restore(read, first, version=read.version, by=edith())
    assert (restored.draft.dek, restored.draft.topics, restored.draft.bylines) == ("Old", (), ())


@pytest.mark.parametrize("who", [wren, mo])
def test_only_those_who_may_edit_a_story_touch_its_history(who):
    article = make_article()
    revision = article.revisions.get()
    for act in (
        lambda: history.restore(article, revision, version=article.version, by=who()),
        lambda: history.name(revision, "Mine", by=who()),
        lambda: history.set_aside(article, Draft(headline="x"), version=1, by=who()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert kinds(article) == ["saved"]


def test_a_name_is_one_line_of_eighty_characters():
    revision = make_article().revisions.get()
    history.name(revision, "  Before\n legal\x00 " + "x" * 100, by=rory())
    revision.refresh_from_db()
    assert revision.name.startswith("Before legal x")
    assert len(revision.name) == 80
    history.name(revision, " ", by=rory())
    revision.refresh_from_db()
    assert revision.name == ""


# --- Setting aside ---------------------------------------------------------------------------------


def test_what_is_set_aside_changes_nothing_of_the_story():
    article = make_article(headline="Theirs")
    before = now(article)
    aside = history.set_aside(article, replace(article.draft, headline="Mine"), version=article.version, by=rory())
    assert aside.draft.headline == "Mine"
    assert (now(article).headline, now(article).version) == ("Theirs", before.version)
    assert article.revisions.of_working_copy().first().draft.headline == "Theirs"


def test_the_same_words_are_set_aside_once():
    article = make_article()
    for _ in range(2):
        history.set_aside(article, replace(article.draft, headline="Mine"), version=article.version, by=rory())
    history.set_aside(article, replace(article.draft, headline="Edith’s"), version=article.version, by=edith())
    assert kinds(article).count("set_aside") == 2


def test_the_words_that_won_are_kept_too_when_they_were_only_autosaved():
    article = make_article()
    current = autosaved(article, dek="Only autosaved")
    history.set_aside(current, replace(current.draft, dek="Mine"), version=1, by=edith())
    assert {one.draft.dek for one in article.revisions.all()} == {"", "Only autosaved", "Mine"}


def test_a_version_that_never_was_does_not_stop_words_from_being_kept():
    article = make_article()
    assert history.set_aside(article, Draft(headline="Mine"), version=10**30, by=rory()).version <= article.version


# --- Pruning ---------------------------------------------------------------------------------------


def aged(article: Article, days: int) -> None:
    article.revisions.update(made_at=timezone.now() - timedelta(days=days))


def saved_often(times: int = 15) -> Article:
    article = make_article(dek="0")
    for number in range(1, times):
        change(article, dek=str(number))
    return article


def pruned(*arguments: str, capsys) -> str:
    call_command("prune_revisions", *arguments)
    return capsys.readouterr().out.strip()


def test_old_plain_saves_go_and_the_newest_ten_stay(capsys):
    article, other = saved_often(), make_article()
    aged(article, 91)
    aged(other, 91)
    assert pruned("--days", "90", capsys=capsys) == "removed 5 revisions of 1 stories"
    assert [one.draft.dek for one in article.revisions.all()] == [str(number) for number in range(14, 4, -1)]
    assert other.revisions.count() == 1
    assert pruned("--days", "90", capsys=capsys) == "removed 0 revisions of 0 stories"


def test_young_saves_stay(capsys):
    aged(saved_often(), 89)
    assert pruned("--days", "90", capsys=capsys) == "removed 0 revisions of 0 stories"


def test_a_dry_run_only_counts(capsys):
    article = saved_often()
    aged(article, 91)
    assert pruned("--days", "90", "--dry-run", capsys=capsys) == "would remove 5 revisions of 1 stories"
    assert article.revisions.count() == 15


@pytest.mark.parametrize("kind", [kind for kind in KIND if kind != KIND.SAVED])
def test_what_is_more_than_a_plain_save_stays_for_ever(kind, capsys):
    article = saved_often(12)
    article.revisions.filter(pk=article.revisions.last().pk).update(kind=kind)
    aged(article, 4000)
    pruned("--days", "1", capsys=capsys)
    assert article.revisions.filter(kind=kind).exists()


def test_what_has_a_name_or_is_shown_by_a_link_stays_for_ever(capsys):
    article = saved_often(14)
    oldest = list(article.revisions.order_by("version")[:2])
    history.name(oldest[0], "First", by=rory())
    sharing.share(article, by=edith(), revision=oldest[1])
    aged(article, 4000)
    assert pruned("--days", "1", capsys=capsys) == "removed 2 revisions of 1 stories"
    assert article.revisions.filter(pk__in=[one.pk for one in oldest]).count() == 2


def test_a_save_published_while_pruning_runs_stays():
    article = saved_often()
    aged(article, 91)
    ((_, keys),) = history.prunable(timezone.now())
    Revision.objects.filter(pk=keys[0]).update(kind=KIND.PUBLISHED)
    assert history.prune(keys) == len(keys) - 1


@pytest.mark.parametrize("days", ["-1", "99999999"])
def test_a_number_of_days_that_is_none_is_refused(days):
    with pytest.raises(CommandError):
        call_command("prune_revisions", f"--days={days}")
