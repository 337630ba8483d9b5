"""Screening: each screen's signal, and the verdict over all of them."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening import Action, Look, Signal, compiled, decide, screen
from comments.trust import FIRST_COMMENTS, Past
from comments.workflow import Severity, State

SITES = compiled([("site", "spam.example"), ("banned", "viagra")])


def look(**told) -> Look:
    """Somebody who is known here says something short."""
    past = Past(shown=told.pop("shown", 5), **told.pop("past", {}))
    return Look(**({"body": "x", "past": past} | told))


@pytest.mark.parametrize(
    ("told", "state", "rules"),
    [
        ({}, "shown", []),
        ({"shown": FIRST_COMMENTS}, "shown", []),
        ({"shown": FIRST_COMMENTS - 1}, "held", ["newcomer"]),
        ({"shown": 0}, "held", ["newcomer"]),
        ({"is_premoderated": True}, "held", ["premoderated"]),
        ({"is_premoderated": True, "shown": 0}, "held", ["premoderated", "newcomer"]),
        ({"shown": 0, "is_staff": True}, "shown", ["staff", "newcomer"]),
        ({"is_premoderated": True, "is_staff": True}, "shown", ["staff", "premoderated"]),
        ({"is_staff": True}, "shown", ["staff"]),
    ],
)
def test_the_verdict_and_every_signal_that_led_to_it(told, state, rules):
    found = screen(look(**told))
    assert found.state == state
    assert [signal.rule for signal in found.signals] == rules


def test_whoever_is_held_is_told_why():
    told = screen(look(shown=0)).sentence
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
    [signal] = screen(look(shown=1)).signals
    stored = signal.to_json()
    told = (stored["rule"], stored["action"], stored["severity"], stored["evidence"])
    assert told == ("newcomer", "hold", 1, "only 1 of theirs shown before")


def test_a_signal_from_before_there_was_a_severity_still_reads():
    kept = {"rule": "newcomer", "version": 1, "action": "hold", "sentence": "Yours.", "evidence": "0 shown before"}
    signal = Signal.from_json(kept)
    assert (signal.severity, signal.plainly, signal.matched) == (Severity.NONE, "0 shown before", ())
    assert decide([signal]).state == State.HELD


LONG = "The ferry that sank in the second episode was built for the first one."
ELSEWHERE = "https://one.example/a https://two.example/b https://three.example/c"


@pytest.mark.parametrize(
    ("told", "rules"),
    [
        # Links, by trust.
        ({"body": "See https://one.example and [two](https://two.example/x)."}, []),
        ({"body": ELSEWHERE}, ["many links"]),
        ({"body": "www.one.example www.two.example www.three.example"}, ["many links"]),
        ({"body": ELSEWHERE, "shown": 12, "past": {"days": 20}}, []),
        ({"body": (ELSEWHERE + " ") * 4, "shown": 60, "past": {"days": 90}}, ["many links"]),
        ({"body": "one.example, two.example, three.example and me@four.example"}, []),
        # Sites on the list, in what is a link and what is none.
        ({"body": "https://spam.example/x", "phrases": SITES}, ["site"]),
        ({"body": "go to Shop.SPAM.example now", "phrases": SITES}, ["site"]),
        ({"body": "https://notspam.example and spam.example.org", "phrases": SITES}, []),
        # The same again, and nearly the same.
        ({"body": LONG, "said_before": (LONG,)}, ["repeated"]),
        (
            {"body": LONG.upper().replace("FIRST", "LAST"), "said_before": ("Other words.", LONG)},
            ["repeated", "shouting"],
        ),
        ({"body": LONG, "said_before": ("The ferry that sank was built for the last episode of them all.",)}, []),
        ({"body": "I liked it.", "said_before": ("I liked it.",)}, []),
        ({"body": LONG, "said_by_others": 1}, []),
        ({"body": LONG, "said_by_others": 2}, ["said by a crowd"]),
        # Their last week.
        ({"past": {"decided_lately": 4, "rejected_lately": 4}}, []),
        ({"past": {"decided_lately": 10, "rejected_lately": 2}}, []),
        ({"past": {"decided_lately": 10, "rejected_lately": 3}}, ["often rejected"]),
        # Addresses that do not last.
        ({"mail_host": "yopmail.com"}, ["short-lived address"]),
        ({"mail_host": "Mail.Yopmail.com"}, ["short-lived address"]),
        ({"mail_host": "example.com"}, []),
        ({"mail_host": ""}, []),
        ({"mail_host": "yopmail.com", "shown": 12, "past": {"days": 20}}, []),
    ],
)
def test_what_each_screen_finds_and_what_not(told, rules):
    found = screen(look(**told))
    assert [signal.rule for signal in found.signals] == rules
    assert all(signal.evidence for signal in found.signals)
    assert all(signal.sentence for signal in found.signals if signal.action == Action.HOLD)
    for signal in found.signals:
        for start, end in signal.matched:
            assert told["body"][start:end].strip()


def test_before_a_word_is_written_only_the_person_and_the_place_are_judged():
    empty = look(body="", said_here="", said_before=(LONG,), phrases=SITES)
    assert screen(empty).signals == ()


@given(st.text(st.sampled_from("aA1.:/@-w!кﷺ \n"), max_size=60))
def test_no_text_makes_a_screen_stumble(body):
    screen(look(body=body, said_here=body, said_before=(body,), phrases=SITES, names=(body,)))


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
