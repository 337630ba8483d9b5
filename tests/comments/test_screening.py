"""Screening: each screen's signal, and the verdict over all of them."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening import SCREENS, Action, Look, Signal, decide, screen
from comments.screening.screens import FIRST_COMMENTS
from comments.workflow import Severity, State


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
        ({"shown_before": 0, "is_staff": True}, "shown", ["staff", "newcomer"]),
        ({"is_premoderated": True, "is_staff": True}, "shown", ["staff", "premoderated"]),
        ({"is_staff": True}, "shown", ["staff"]),
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
    signals = [
        Signal(f"rule {action}", 1, action, severity, f"because of {action}, {severity}")
        for action, severity in [(Action.NOTE, 3), (Action.FLAG, 2), (Action.HOLD, 1), (Action.HOLD, 2)]
    ]
    for order in itertools.permutations(signals):
        found = decide(order)
        assert (found.state, found.is_flagged, found.severity) == (State.HELD, False, Severity.HIGH)
        assert found.sentence == f"because of {Action.HOLD}, {Severity.MEDIUM}"
        assert found.signals == order


@pytest.mark.parametrize(("action", "is_flagged"), [(Action.NOTE, False), (Action.FLAG, True)])
def test_what_asks_for_less_than_to_be_held_is_shown_without_a_word(action, is_flagged):
    found = decide([Signal("odd", 1, action, Severity.HIGH, "because")])
    assert (found.state, found.sentence, found.is_flagged) == (State.SHOWN, "", is_flagged)


def test_what_is_found_in_words_of_staff_is_kept_and_waived():
    found = decide([Signal("staff", 1, Action.NOTE), Signal("odd", 1, Action.HOLD, Severity.HIGH, "because")])
    assert (found.state, found.sentence, found.is_flagged) == (State.SHOWN, "", False)
    assert (found.severity, len(found.signals)) == (Severity.HIGH, 2)


def test_a_signal_is_stored_with_its_evidence():
    [signal] = screen(look(shown_before=1)).signals
    stored = signal.to_json()
    told = (stored["rule"], stored["action"], stored["severity"], stored["evidence"])
    assert told == ("newcomer", "hold", 1, "only 1 of theirs shown before")


def test_a_signal_from_before_there_was_a_severity_still_reads():
    kept = {"rule": "newcomer", "version": 1, "action": "hold", "sentence": "Yours.", "evidence": "0 shown before"}
    signal = Signal.from_json(kept)
    assert (signal.severity, signal.plainly, signal.matched) == (Severity.NONE, "0 shown before", ())
    assert decide([signal]).state == State.HELD


def test_there_are_screens():
    assert len(SCREENS) >= 2


SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple)
SIGNALS = st.lists(
    st.builds(
        Signal,
        rule=st.sampled_from(["staff", "odd", "even"]),
        version=st.just(1),
        action=st.sampled_from(Action),
        severity=st.sampled_from(Severity),
        sentence=st.text(max_size=5),
        evidence=st.text(max_size=5),
        matched=SPANS,
    ),
    max_size=6,
)


@given(SIGNALS, SIGNALS)
def test_one_more_signal_never_makes_it_milder_unless_it_is_staffs(signals, more):
    more = [signal for signal in more if signal.rule != "staff"]
    before, after = decide(signals), decide([*signals, *more])
    assert (after.action, after.severity) >= (before.action, before.severity)


@given(SIGNALS)
def test_the_verdict_follows_from_what_is_kept_of_the_signals(signals):
    kept = json.loads(json.dumps([signal.to_json() for signal in signals]))
    assert decide([Signal.from_json(row) for row in kept]) == decide(signals)
