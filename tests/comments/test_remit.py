"""Moderators who are limited to sections: there they decide as others do; of the rest the desk shows them nothing."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import branches, glancing, moderation, picking, sanctioning, trying
from comments.desk.queues import QUEUES
from comments.models import Comment, Decision, Discussion, Report, Sanction
from comments.screening import compiled
from newsroom.models import User
from newsroom.pages.dashboard import held_for
from tests.factories import (
    edith,
    make_comment,
    make_edition,
    make_section,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rosa,
    visit,
)

pytestmark = pytest.mark.django_db


def fern() -> User:
    """A moderator of film, and of nothing else."""
    person = make_user("fern", "Moderator", is_staff=True)
    make_section("film").moderators.add(person)
    return User.objects.get(pk=person.pk)


def on_tv():
    return make_edition(section=make_section("tv").pk)


def on_film():
    return make_edition(section=make_section("film").pk)


def seen_as(person: User, url: str) -> set[int]:
    return {card.comment.pk for card in visit(person).get(url).context["cards"]}


def test_every_verb_refuses_what_is_another_section_s_and_takes_ones_own():
    """Also many at once, of which one is another's."""
    by = fern()
    for edition, may in ((on_film(), True), (on_tv(), False)):
        held, shown = make_comment(edition), make_shown_comment(edition, by=ravi())
        gone = make_shown_comment(edition, by=ravi())
        decision = reject(gone) and gone.decisions.first()
        rule = {"version": 1, "by": by}
        verbs = (
            partial(moderation.approve, held, **rule),
            partial(moderation.reject, held, **rule, reason="spam"),
            partial(branches.remove, held, **rule, reason="spam"),
            partial(moderation.keep, shown, version=shown.version, by=by),
            partial(moderation.hold, shown, version=shown.version, by=by),
            partial(branches.undo, decision, by=by),
            partial(glancing.glance, held, by=by),
            partial(picking.pick, shown, by=by),
            partial(picking.unpick, shown, by=by),
            partial(picking.pin, shown, by=by),
        )
        if not may:
            theirs = make_comment(on_film())
            verbs += (partial(moderation.rule_all, "approve", {theirs.pk: 1, held.pk: 1}, by=by),)
        for verb in verbs:
            if may:
                try:
                    verb()
                except (moderation.Overtaken, picking.Refused):
                    continue
            else:
                with pytest.raises(PermissionDenied):
                    verb()
    there = Comment.objects.filter(pk__in=[held.pk, shown.pk, gone.pk])
    assert list(there.order_by("pk").values_list("state", flat=True)) == ["held", "shown", "rejected"]
    assert not Decision.objects.filter(by=by, comment__in=there).exists()
    assert Decision.objects.filter(by=by).exists()
    assert picking.pick(shown, by=edith()) is None


def fill(edition) -> list[Comment]:
    """A comment for each queue."""
    held = make_comment(edition, by=make_user(f"of-{edition.pk}"))
    shown = [make_shown_comment(edition, by=ravi()) for _ in range(2)]
    Comment.objects.filter(pk=shown[0].pk).update(is_flagged=True, like_count=3)
    for reason in ("spam", "illegal", "error"):
        Report.objects.create(comment=shown[1], version=1, reporter=rosa(), reason=reason, weight=1, at=held.posted_at)
    return [held, *shown]


def test_queues_and_their_counts_hold_what_is_theirs():
    tv, film = fill(on_tv()), fill(on_film())
    by = fern()
    for queue in QUEUES:
        everything, theirs = seen_as(mo(), queue.url), seen_as(by, queue.url)
        assert theirs == everything & {one.pk for one in film}, queue.name
        assert everything & {one.pk for one in tv}, queue.name
        assert theirs, queue.name
    page = visit(by).get("/desk/")
    assert {queue.name: count for queue, count in page.context["queues"] if count} == {
        **{queue.name: "1" for queue in QUEUES if queue.is_counted},
        "unreviewed": "2",
    }
    assert list(page.context["search"].fields["section"].queryset) == [make_section("film")]
    assert (held_for(by), held_for(mo()), held_for(rosa())) == (1, 2, None)
    figures = visit(by).get("/desk/figures/").context
    assert (figures["waiting"], figures["oldest"]) == ("1", film[0])
    for person, is_limited in ((by, True), (mo(), False)):
        assert ("of the whole paper" in visit(person).get("/desk/figures/").content.decode()) is is_limited


def test_addresses_of_what_is_not_theirs_lead_nowhere():
    tv, film = make_comment(on_tv()), make_comment(on_film())
    gone = make_comment(on_tv())
    reject(gone)
    desk = visit(fern())
    assert desk.get(f"/desk/comments/{film.pk}/").status_code == 200
    assert desk.get(f"/desk/comments/{tv.pk}/").status_code == 404
    for name in ("approve", "keep", "hold", "reject", "glance"):
        answer = desk.post(f"/desk/comments/{tv.pk}/{name}/", {"version": 1, "reason": "spam"})
        assert answer.status_code == 404, name
    assert desk.post(f"/desk/decisions/{gone.decisions.first().pk}/undo/").status_code == 404
    data = {"act": "approve", "chosen": [f"{tv.pk}.1", f"{film.pk}.1"]}
    done = desk.post("/desk/comments/", data, headers={"Accept": "application/json"}).json()
    assert (list(done["done"]), done["late"]) == ([str(film.pk)], {})
    assert Comment.objects.get(pk=tv.pk).state == "held"


def test_in_discussions_the_script_learns_what_is_theirs_and_their_settings_are_not_the_others():
    by = fern()
    for edition, may in ((on_film(), True), (on_tv(), False)):
        comment = make_shown_comment(edition, by=ravi())
        known = visit(by).get(f"/comments/{edition.article_id}/me/").json()
        assert (known["may_moderate"], known["may_pick"]) == (may, may)
        assert (visit(by).get(f"/comments/c/{comment.pk}/pick/").status_code == 200) is may
        discussion = Discussion.objects.get(article=edition.article_id)
        address = f"/admin/comments/discussion/{discussion.pk}/change/"
        assert (visit(by).get(address).status_code == 200) is may
        assert visit(edith()).get(address).status_code == 200
    assert trying.try_on_comments(compiled([], 1), by=by).looked_at == 1


def test_of_a_person_one_reads_what_was_said_where_one_decides():
    make_shown_comment(on_tv(), by=ravi(), body="Said of television.")
    make_shown_comment(on_film(), by=ravi(), body="Said of a film.")
    page = visit(fern()).get(f"/desk/people/{ravi().pk}/").content.decode()
    assert "Said of a film." in page
    assert "Said of television." not in page
    assert "Shown: 4" in page


def test_a_ban_takes_down_what_is_theirs_and_is_lifted_by_whom_all_of_it_is():
    tv, film = (make_shown_comment(edition, by=ravi()) for edition in (on_tv(), on_film()))
    ban = sanctioning.impose(ravi(), "ban", by=fern(), reason="spam", with_comments=True)
    sanctioning.take_down(ban.pk)
    assert list(Comment.objects.filter(state="rejected")) == [film]
    assert Comment.objects.get(pk=tv.pk).state == "shown"
    sanctioning.lift(ban, by=fern())
    ban = sanctioning.impose(ravi(), "ban", by=mo(), reason="spam", with_comments=True)
    sanctioning.take_down(ban.pk)
    with pytest.raises(PermissionDenied):
        sanctioning.lift(ban, by=fern())
    assert Sanction.objects.get(pk=ban.pk).lifted_at is None


def test_a_limit_does_not_fall_away_with_a_role_an_account_or_a_section():
    said = [make_shown_comment(edition, by=ravi()) for edition in (on_tv(), on_film())]
    ban = sanctioning.impose(ravi(), "ban", by=fern(), reason="spam", with_comments=True)
    fern().groups.clear()
    sanctioning.take_down(ban.pk)
    Sanction.objects.update(by=None)
    sanctioning.take_down(ban.pk)
    assert set(said) <= set(Comment.objects.shown())
    empty = make_section("comics")
    empty.moderators.add(fern())
    root = Client()
    root.force_login(make_user("root", is_superuser=True, is_staff=True))
    page = root.post(f"/admin/articles/section/{empty.pk}/delete/", {"post": "yes"}).content.decode()
    assert "fern is limited to" in page
    assert type(empty).objects.filter(pk=empty.pk).exists()


def test_a_story_in_no_section_is_everybodys_and_a_superuser_is_limited_by_nothing():
    comment = make_comment(on_tv())
    sue = make_user("sue", is_superuser=True)
    make_section("film").moderators.add(sue)
    assert comment in Comment.objects.moderated_by(sue)
    assert comment not in Comment.objects.moderated_by(fern())
    type(comment.discussion.article).objects.update(section=None)
    assert comment in Comment.objects.moderated_by(fern())
    assert not Comment.objects.moderated_by(rosa()).exists()


def test_a_full_queue_costs_who_is_limited_no_more_than_a_short_one():
    desk, counts = visit(fern()), []
    for _ in range(2):
        for _ in range(4):
            make_comment(on_film())
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/desk/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 25
