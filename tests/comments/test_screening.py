"""Screening: each screen's signal, and the verdict over all of them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening import SCREENS, Action, Look, Signal, decide, screen
from comments.screening.screens import FIRST_COMMENTS
from comments.workflow import State


def look(**told) -> Look:
    return Look(**({"body": "x", "shown_before": 5, "is_staff": False, "is_premoderated": False} | told))


@pytest.mark.parametrize(
    ("told", "state", "rules"),
    [
        ({}, "shown", []),
        ({"shown_before": FIRST_COMMENTS}, "shown", []),
        ({"shown_before": FIRST_COMMENTS - 1}, "held", ["newcomer"]),
        ({"shown_before": 0}, "held", ["newcomer"]),
        ({"is_premoderated": True}, "held", ["premoderated"]),
        ({"is_premoderated": True, "shown_before": 0}, "held", ["premoderated", "newcomer"]),
        ({"shown_before": 0, "is_staff": True}, "shown", ["newcomer"]),
        ({"is_premoderated": True, "is_staff": True}, "shown", ["premoderated"]),
    ],
)
def test_the_verdict_and_every_signal_that_led_to_it(told, state, rules):
    found = screen(look(**told))
    assert found.state == state
    assert [signal.rule for signal in found.signals] == rules


def test_whoever_is_held_is_told_why():
    told = screen(look(shown_before=0)).sentence
    assert "first two comments" in told
    assert screen(look()).sentence == ""


def test_all_screens_run_and_the_worst_wins_in_any_order():
    signals = [Signal(f"rule {action}", 1, action, f"because of {action}") for action in Action]
    for order in itertools.permutations(signals):
        found = decide(order, is_staff=False)
        assert found.state == State.HELD
        assert found.sentence == f"because of {Action.HOLD}"
        assert found.signals == order


def test_a_note_alone_holds_nothing():
    assert decide([Signal("odd", 1, Action.NOTE, "")], is_staff=False).state == State.SHOWN


def test_a_signal_is_stored_with_its_evidence():
    [signal] = screen(look(shown_before=1)).signals
    stored = signal.to_json()
    assert (stored["rule"], stored["action"], stored["evidence"]) == ("newcomer", "hold", "1 shown before")


def test_there_are_screens():
    assert len(SCREENS) >= 2


SIGNALS = st.lists(st.builds(Signal, st.text(max_size=5), st.just(1), st.sampled_from(Action), st.text(max_size=5)))
SEVERITY = [State.SHOWN, State.HELD]


@given(SIGNALS, SIGNALS, st.booleans())
def test_one_more_signal_never_makes_it_milder(signals, more, is_staff):
    before, after = (decide(found, is_staff=is_staff).state for found in (signals, [*signals, *more]))
    assert SEVERITY.index(after) >= SEVERITY.index(before)
