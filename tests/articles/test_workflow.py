"""The table of moves, tried with every stage, every sight, waiting or not, and every role."""

import itertools

import pytest

from articles.workflow import BY_NAME, MOVES, Seen, Stage, fits, open_moves, stage_after_edit
from tests.factories import edith, make_user, mo, rory, rosa

UNREVIEWED = {"draft", "in_review", "ready"}
GONE = {"expired", "unpublished", "retracted"}


def expected(stage: str, seen: str, waiting: bool) -> list[str]:
    """The rules in words of their own, not read from the table."""
    moves = []
    if stage == "draft":
        moves.append("submit")
    if stage in {"in_review", "ready"}:
        moves.append("send_back")
    if stage == "in_review":
        moves.append("approve")
    if stage in UNREVIEWED:
        moves.append("publish")
    if seen in {"scheduled", "live"}:
        moves.append("expire")
    if waiting:
        moves += ["reschedule", "unschedule"]
    if seen == "live":
        moves.append("unpublish")
    if seen in {"live", "expired", "unpublished"}:
        moves.append("retract")
    if seen in GONE:
        moves.append("bring_back")
    if seen in GONE or seen == "live":
        moves.append("roll_back")
    return moves


MAY = {
    "rory": {"submit"},
    "edith": set(BY_NAME),
    "mo": set(),
    "rosa": set(),
}
SITUATIONS = list(itertools.product(Stage, Seen, (False, True)))


@pytest.mark.parametrize(("stage", "seen", "waiting"), SITUATIONS)
def test_the_table_has_exactly_the_moves_of_each_situation(stage, seen, waiting):
    found = [move.name for move in MOVES if fits(move, stage, seen, waiting=waiting)]
    assert found == expected(stage, seen, waiting)


@pytest.mark.django_db
@pytest.mark.parametrize("person", [rory, edith, mo, rosa])
def test_each_role_is_offered_exactly_what_it_may_do(person):
    may = person().has_perm
    for stage, seen, waiting in SITUATIONS:
        offered = [move.name for move in open_moves(stage, seen, waiting=waiting, may=may)]
        beside = [name for name in expected(stage, seen, waiting) if name not in {"roll_back", "reschedule"}]
        assert offered == [name for name in beside if name in MAY[person.__name__]]


@pytest.mark.django_db
def test_every_right_of_the_table_exists():
    admin = make_user("root", is_superuser=True)
    rights = admin.get_all_permissions()
    assert {move.permission for move in MOVES} <= rights


def test_what_takes_words_from_readers_is_grave_and_what_blames_needs_a_reason():
    assert {move.name for move in MOVES if move.is_grave} == {"unpublish", "retract"}
    assert {move.name for move in MOVES if move.needs_note} == {"send_back", "retract"}


@pytest.mark.parametrize(
    ("stage", "may_approve", "after"),
    [
        ("draft", False, "draft"),
        ("draft", True, "draft"),
        ("in_review", False, "in_review"),
        ("in_review", True, "in_review"),
        ("ready", False, "draft"),
        ("ready", True, "ready"),
        ("published", False, "draft"),
        ("published", True, "draft"),
    ],
)
def test_an_edit_takes_back_an_approval_unless_the_approver_made_it(stage, may_approve, after):
    assert stage_after_edit(Stage(stage), may_approve=may_approve) == after
