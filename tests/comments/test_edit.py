"""Changing one's own words: for five minutes, looked at again, and what was said before is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles import publishing
from comments import moderation, posting, rewording
from comments.models import Comment, Discussion, Wording
from comments.posting import Words
from comments.workflow import State
from tests.articles.test_at_once import at_once
from tests.comments.test_counters import assert_counters_equal_a_recount
from tests.factories import make_comment, make_edition, make_shown_comment, mo, ravi, reject, rosa, take_down, visit

pytestmark = pytest.mark.django_db


def edit(comment: Comment, body: str = "I loved it.", **more) -> Comment:
    more = {"version": comment.version, "by": comment.author} | more
    return rewording.edit(comment, Words(body), **more)


def test_readers_have_the_new_words_and_moderators_the_old_ones_too():
    comment = edit(make_comment(make_edition(), by=ravi(), body="I liked it."))
    assert (comment.body, comment.html, comment.state) == ("I loved it.", "<p>I loved it.</p>", State.SHOWN)
    assert comment.edited_at is not None
    assert [(row.version, row.body) for row in Wording.objects.all()] == [(1, "I liked it.")]
    page = Client().get(comment.get_absolute_url()).content.decode()
    assert "I loved it." in page
    assert "edited" in page
    assert "I liked it." not in page


def test_the_same_words_change_nothing():
    comment = make_comment(make_edition(), by=ravi(), body="I liked it.")
    assert edit(comment, " I liked it. ").version == comment.version
    assert not Wording.objects.exists()


def test_after_five_minutes_it_is_too_late():
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        comment = make_comment(make_edition(), by=ravi())
        clock.move_to(now + timedelta(minutes=4, seconds=59))
        comment = edit(comment, "Just in time.")
        clock.move_to(now + timedelta(minutes=5))
        with pytest.raises(rewording.TooLate):
            edit(comment, "Too late.")


@pytest.mark.parametrize("away", ["rejected", "withdrawn"])
def test_what_is_not_there_any_more_is_not_edited_back(away):
    comment = make_comment(make_edition(), by=ravi())
    comment = reject(comment) if away == "rejected" else posting.withdraw(comment, by=ravi())
    with pytest.raises(rewording.TooLate):
        edit(Comment.objects.get(pk=comment.pk))


def test_what_is_held_stays_held_with_its_reason():
    comment = make_comment(make_edition())
    before = comment.held_for
    moderation_page = edit(comment, "Other words.")
    assert (moderation_page.state, moderation_page.held_for) == (State.HELD, before)
    assert_counters_equal_a_recount()


def test_new_words_are_looked_at_again():
    comment = make_comment(make_edition(), by=ravi())
    Discussion.objects.update(mode="moderated")
    comment = edit(comment)
    assert comment.state == State.HELD
    assert "moderator" in comment.held_for
    assert_counters_equal_a_recount()


def test_a_moderator_who_read_the_old_words_rules_on_nothing():
    comment = make_comment(make_edition())
    edit(comment)
    with pytest.raises(moderation.Overtaken):
        moderation.approve(comment, version=comment.version, by=mo())


def test_words_that_a_moderator_has_ruled_on_meanwhile_are_not_changed_unseen():
    comment = make_comment(make_edition())
    moderation.approve(comment, version=comment.version, by=mo())
    with pytest.raises(rewording.Changed):
        edit(comment)


def test_nobody_changes_anothers():
    comment = make_comment(make_edition(), by=ravi())
    for person in (rosa(), mo()):
        with pytest.raises(PermissionDenied):
            edit(comment, by=person)
        assert visit(person).get(f"/comments/c/{comment.pk}/edit/").status_code == 404


def test_of_a_story_readers_do_not_have_nothing_is_changed():
    comment = make_comment(make_edition(), by=ravi())
    take_down(publishing.unpublish, comment.discussion.article)
    with pytest.raises(posting.Closed):
        edit(comment)
    assert visit(ravi()).get(f"/comments/c/{comment.pk}/edit/").status_code == 404


@pytest.mark.parametrize("body", ["", "  ", "x" * (posting.MAX_LENGTH + 1)])
def test_what_is_no_comment_is_no_change_and_stays_in_the_form(body):
    comment = make_comment(make_edition(), by=ravi())
    answer = visit(ravi()).post(f"/comments/c/{comment.pk}/edit/", {"body": body, "version": "1"})
    assert answer.status_code == 422
    assert body.strip() in answer.content.decode()
    assert Comment.objects.get(pk=comment.pk).body == "I liked it."


def test_the_page_shows_the_words_and_takes_new_ones():
    comment = make_comment(make_edition(), by=ravi(), is_spoiler=True, spoiler_scope="episode 8")
    client, url = visit(ravi()), f"/comments/c/{comment.pk}/edit/"
    page = client.get(url).content.decode()
    assert "I liked it." in page
    assert "episode 8" in page
    seen = client.post(url, {"body": "**Bold**", "version": "1", "preview": "1"}).content.decode()
    assert "<strong>Bold</strong>" in seen
    assert Comment.objects.get(pk=comment.pk).body == "I liked it."
    assert client.post(url, {"body": "New.", "version": "1"}).url == comment.get_absolute_url()
    changed = Comment.objects.get(pk=comment.pk)
    assert (changed.body, changed.is_spoiler, changed.spoiler_scope) == ("New.", False, "")


def test_what_comes_too_late_is_told_and_stays_in_the_form():
    comment = make_comment(make_edition(), by=ravi())
    Comment.objects.update(posted_at=timezone.now() - timedelta(minutes=6))
    answer = visit(ravi()).post(f"/comments/c/{comment.pk}/edit/", {"body": "Late words.", "version": "1"})
    assert answer.status_code == 409
    assert "five minutes" in answer.content.decode()
    assert "Late words." in answer.content.decode()


def test_the_script_gets_the_comment_as_it_is_now():
    comment = make_comment(make_edition(), by=ravi())
    url, headers = f"/comments/c/{comment.pk}/edit/", {"accept": "application/json"}
    answer = visit(ravi()).post(url, {"body": "New.", "version": "1"}, headers=headers).json()
    assert "<p>New.</p>" in answer["html"]
    assert answer["change"]["version"] == 2
    stale = visit(ravi()).post(url, {"body": "Newer.", "version": "1"}, headers=headers)
    assert (stale.status_code, "changed meanwhile" in stale.json()["message"]) == (409, True)


def test_the_script_is_told_which_may_be_changed():
    edition = make_edition()
    mine = make_comment(edition, by=ravi())
    make_shown_comment(edition)
    old = make_comment(edition, by=ravi())
    Comment.objects.filter(pk=old.pk).update(posted_at=timezone.now() - timedelta(minutes=6))
    known = visit(ravi()).get(f"/comments/{edition.article_id}/me/").json()
    assert list(known["editable"]) == [str(mine.pk)]
    assert known["editable"][str(mine.pk)]["body"] == "I liked it."


@pytest.mark.django_db(transaction=True)
def test_of_eight_changes_at_once_one_is_made():
    comment = make_comment(make_edition(), by=ravi())
    author = ravi()
    got = at_once(8, lambda n: edit(comment, f"Change {n}.", by=author))
    assert sum(isinstance(one, Comment) for one in got) == 1, got
    assert Wording.objects.count() == 1
    assert_counters_equal_a_recount()
