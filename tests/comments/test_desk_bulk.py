"""Ruling on several comments at once: each as it was read, all for one reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import moderation, reporting
from comments.models import Comment, Decision, Discussion, Report
from comments.moderation import ReasonMissing
from tests.factories import ana, make_comment, make_edition, make_shown_comment, make_user, mo, ravi, reject, rory, rosa

pytestmark = pytest.mark.django_db

BULK = "/desk/comments/"


@pytest.fixture
def desk(client):
    client.force_login(mo())
    return client


def some(number: int = 3, edition=None) -> list[Comment]:
    edition = edition or make_edition()
    return [make_comment(edition, by=make_user(f"reader-{n}"), body=f"No. {n}") for n in range(number)]


def chosen(*comments: Comment) -> list[str]:
    return [f"{comment.pk}.{comment.version}" for comment in comments]


def states() -> set[str]:
    return set(Comment.objects.values_list("state", flat=True))


@pytest.mark.parametrize(("name", "state"), [("approve", "shown"), ("reject", "rejected")])
def test_all_become_the_same_for_one_reason(desk, name, state):
    comments = [*some(), *some(2)]
    data = {"act": name, "reason": "spam", "chosen": chosen(*comments), "back": "/desk/?after=1"}
    answer = desk.post(BULK, data, follow=True)
    assert answer.redirect_chain == [("/desk/?after=1", 302)]
    assert "5 comments." in answer.content.decode()
    assert states() == {state}
    assert set(Decision.objects.values_list("ruling", "reason", "by")) == {
        (name, "spam" if name == "reject" else "", mo().pk)
    }
    for discussion in Discussion.objects.all():
        assert discussion.held_count == 0
        assert discussion.shown_count == discussion.comments.filter(state="shown").count()


def test_those_shown_are_kept_and_their_reports_answered(desk):
    comments = [make_shown_comment(make_edition(), by=ravi()) for _ in range(2)]
    person = make_user("nell")
    person.emailaddress_set.create(email=person.email, verified=True)
    for comment in comments:
        reporting.report(comment, by=person, reason="spam")
    desk.post(BULK, {"act": "keep", "chosen": chosen(*comments)})
    assert set(Report.objects.values_list("outcome", flat=True)) == {"kept"}


def test_each_is_ruled_on_as_it_was_read_and_what_was_not_is_named(desk):
    first, second, third = comments = some()
    sent = chosen(*comments)
    moderation.approve(first, version=1, by=ana())
    Comment.objects.filter(pk=second.pk).update(version=2)
    data = {"act": "reject", "reason": "abuse", "chosen": [*sent, "999999.1"]}
    answer = desk.post(BULK, data, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert list(answer.json()["done"]) == [str(third.pk)]
    assert answer.json()["done"][str(third.pk)]["said"] == "Rejected: Abuse or insults"
    assert answer.json()["late"] == {
        str(first.pk): "Already shown by ana.",
        str(second.pk): "Its author has changed it meanwhile, or somebody else has held it again. Read it anew.",
    }
    page = desk.post(BULK, {"act": "reject", "reason": "abuse", "chosen": sent[:1]}, follow=True).content.decode()
    assert "Not the comment by reader-0. Already shown by ana." in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "approve"},
        {"act": "reject", "chosen": ["SENT"], "reason": ""},
        {"act": "reject", "chosen": ["SENT"], "reason": "because"},
        {"act": "erase", "chosen": ["SENT"]},
        {"act": "approve", "chosen": [f"{n}.1" for n in range(101)]},
        {"act": "approve", "chosen": ["x", "1.x", ".", "9" * 40, "١.١"]},
        {"act": "undo", "chosen": ["SENT"]},
    ],
)
def test_nonsense_changes_nothing(desk, data):
    [comment] = some(1)
    if "chosen" in data:
        data = data | {"chosen": [text.replace("SENT", f"{comment.pk}.1") for text in data["chosen"]]}
    assert desk.post(BULK, data, headers={"Accept": "application/json"}).status_code in (200, 422)
    assert desk.post(BULK, data, follow=True).status_code == 200
    assert states() == {"held"}


@pytest.mark.parametrize("person", [rory, rosa])
def test_only_moderators_rule(person):
    comments = some(2)
    with pytest.raises(PermissionDenied):
        moderation.rule_all("approve", {comment.pk: 1 for comment in comments}, by=person())
    client = Client()
    client.force_login(person())
    assert client.post(BULK, {"act": "approve", "chosen": chosen(*comments)}).status_code == 403
    with pytest.raises(ReasonMissing):
        moderation.rule_all("reject", {comments[0].pk: 1}, by=mo())
    assert states() == {"held"}


def test_many_cost_no_more_queries_than_few():
    counts = []
    for number in (2, 12):
        edition = make_edition()
        comments = [make_comment(edition, by=make_user(f"of-{number}-{n}")) for n in range(number)]
        moderator = mo()
        moderator.has_perm("comments.moderate_comment")
        with CaptureQueriesContext(connection) as captured:
            outcome = moderation.rule_all("approve", {comment.pk: 1 for comment in comments}, by=moderator)
        assert len(outcome.decisions) == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_box_for_each_card_and_one_bar(desk):
    first, second = some(2)
    reject(second)
    page = desk.get("/desk/").content.decode()
    assert f'name="chosen" value="{first.pk}.1"' in page
    assert page.count('name="act"') == 2
    assert desk.get("/desk/all/").content.decode().count('name="act"') == 3
