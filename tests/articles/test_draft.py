"""A draft survives its journey through JSON, and differences name what differs."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.draft import BylinePart, DiscussionSetting, Draft, Role, Spoiler, differences

TEXT = st.text(max_size=40)
ID = st.integers(min_value=1, max_value=10**9)
DRAFTS = st.builds(
    Draft,
    headline=TEXT,
    dek=TEXT,
    slug=TEXT,
    body=TEXT,
    section=st.none() | ID,
    topics=st.lists(ID, max_size=4).map(tuple),
    bylines=st.lists(st.builds(BylinePart, ID, st.sampled_from(Role.values)), max_size=4).map(tuple),
    lead_image=st.none() | ID,
    trailer_url=TEXT,
    prompt=TEXT,
    discussion=st.sampled_from(DiscussionSetting.values),
    canonical_url=TEXT,
    sponsor=TEXT,
    printed_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    spoiler=st.sampled_from(Spoiler.values),
    spoiler_scope=TEXT,
    safe_headline=TEXT,
    safe_image=st.none() | ID,
    search_title=TEXT,
    search_description=TEXT,
    social_title=TEXT,
    social_description=TEXT,
)


@given(DRAFTS)
@settings(deadline=None)
def test_a_draft_comes_back_from_json_as_it_went(draft):
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


@given(DRAFTS, DRAFTS)
@settings(deadline=None)
def test_differences_are_exactly_the_fields_that_differ(old, new):
    names = differences(old, new)
    assert replace(old, **{name: getattr(new, name) for name in names}) == new
    assert all(getattr(old, name) != getattr(new, name) for name in names)


@given(DRAFTS)
@settings(deadline=None)
def test_a_draft_does_not_differ_from_itself(draft):
    assert differences(draft, Draft.from_json(draft.to_json())) == []


def test_differences_come_in_the_order_of_the_fields():
    new = Draft(**{field.name: object() for field in fields(Draft)})
    assert differences(Draft(), new) == [field.name for field in fields(Draft)]


def test_a_draft_of_another_release_is_read_as_far_as_it_goes():
    assert Draft.from_json({"headline": "Old", "mood": "blue"}) == Draft(headline="Old")


def test_the_json_holds_plain_values_only():
    draft = Draft(bylines=(BylinePart(3),), topics=(1,), printed_at=datetime(2020, 5, 1, tzinfo=UTC))
    assert draft.to_json()["bylines"] == [{"author": 3, "role": "words"}]
    assert draft.to_json()["printed_at"] == "2020-05-01T00:00:00+00:00"
