"""Looking a story over: what blocks it from leaving the desk, and what merely deserves a look."""

import pytest

from articles import publishing
from articles.draft import Draft
from articles.models.parts import parts_of
from articles.preflight import Incomplete, preflight
from articles.story import Credit, Link, Parts, Picture
from tests.factories import edith, make_article, make_picture, rory

WHOLE = Parts(
    section=Link("TV", "/tv/"), bylines=(Credit("Rory", "/authors/rory/"),), topics=(Link("T", "/topics/t/"),)
)
GOOD = {"headline": "A headline", "dek": "A dek.", "body": "<p>Words enough.</p>"}
PICTURE = {"caption": "", "width": 9, "height": 9, "folder": "/x/"}


def found(parts: Parts = WHOLE, **fields: str) -> dict[str, bool]:
    """Field to whether it blocks, for a good draft with some fields changed."""
    return {finding.field: finding.blocks for finding in preflight(Draft(**(GOOD | fields)), parts)}


def test_nothing_is_said_of_a_good_story():
    assert found() == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"headline": ""}, "headline"),
        ({"body": "<p> </p>"}, "body"),
        ({"body": "<p>He said TK.</p>"}, "body"),
        ({"body": "<p>Aged TKTK</p>"}, "body"),
        ({"dek": "Lorem ipsum"}, "dek"),
        ({"headline": "TK wins"}, "headline"),
        ({"body": "<h3>Too deep</h3><p>x</p>"}, "body"),
        ({"prompt": "Well?", "body": "<p>x</p><p>Let us know down in the comments!</p>"}, "body"),
    ],
)
def test_this_blocks(fields, field):
    assert found(**fields) == {field: True}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"headline": "x" * 111}, "headline"),
        ({"dek": ""}, "dek"),
        ({"body": '<p>Read it <a href="https://example.com">Here</a>.</p>'}, "body"),
        ({"body": '<p>Read it <a href="https://example.com"><em>click here</em></a>.</p>'}, "body"),
    ],
)
def test_this_merely_deserves_a_look(fields, field):
    assert found(**fields) == {field: False}


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "x" * 110},
        {"body": "<p>The TKO came late, in Atka.</p>"},
        {"body": "<h2>One</h2><h3>Two</h3><h2>Three</h2><p>x</p>"},
        {"body": "<p>Let us know down in the comments!</p>"},
        {"body": '<p><a href="https://example.com">The timetable</a> is here.</p>'},
    ],
)
def test_this_is_passed_over(fields):
    assert found(**fields) == {}


def test_a_story_without_places_is_told_of_each():
    assert found(Parts()) == {"section": True, "bylines": True, "about": False}


@pytest.mark.parametrize(("alt", "credit", "blocks"), [("", "C", True), ("A", "", True), ("A", "C", False)])
def test_a_picture_without_alternative_text_or_credit_blocks(alt, credit, blocks):
    parts = Parts(WHOLE.section, WHOLE.topics, WHOLE.bylines, Picture(alt=alt, credit=credit, **PICTURE))
    assert found(parts) == ({"lead_image": True} if blocks else {})


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "who"), [(publishing.submit, rory), (publishing.publish, edith)])
def test_what_blocks_blocks_in_the_verb(verb, who):
    article = make_article(lead_image=make_picture(alt="").pk)
    with pytest.raises(Incomplete) as refused:
        verb(article, version=article.version, by=who())
    assert list(refused.value.missing) == ["lead_image"]


@pytest.mark.django_db
def test_the_parts_are_those_of_the_database():
    draft = make_article().draft
    assert [finding for finding in preflight(draft, parts_of(draft)) if finding.blocks] == []
