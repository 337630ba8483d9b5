"""The style guide: there under DEBUG only, and made of the readers' own fragments without a query."""

import re

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from newsroom.pages.styleguide import colours

pytestmark = pytest.mark.django_db


def test_without_debug_there_is_no_such_address():
    assert Client().get("/styleguide/").status_code == 404
    assert Client().get("/styleguide/swatches.css").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("styleguide")


@override_settings(ROOT_URLCONF="tests.browser.urls_of_debug")
def test_every_fragment_is_drawn_without_a_query():
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/styleguide/")
    text, drawn = answer.content.decode(), {template.name for template in answer.templates}
    assert answer.status_code == 200
    assert not asked.captured_queries
    assert drawn >= {
        "_byline.html", "_call.html", "_field.html", "_footer.html", "_form.html", "_masthead.html",
        "_messages.html", "_pager.html", "articles/_breaking.html", "articles/_correction.html",
        "articles/_most.html", "articles/_onward.html", "articles/_related.html", "articles/_search_form.html",
        "comments/_discussion.html", "newsletter/_box.html",
    }  # fmt: skip
    for part in (
        "pull-quote",
        "fact-box",
        "spoiler",
        "table-scroll",
        "gallery",
        "embed",
        "notice-of-error",
        "field__error",
        "thread__item",
        "prompt",
    ):
        assert f'class="{part}' in text, part
    for size in ("lead", "large", "medium", "brief", "small"):
        assert f"card--{size}" in text
    assert not re.search(r"<style|\sstyle=", text)


@override_settings(ROOT_URLCONF="tests.browser.urls_of_debug")
def test_each_colour_is_shown_by_day_and_by_night():
    css = Client().get("/styleguide/swatches.css").content.decode()
    known = {token.name: token for token in colours()}
    assert known["paper"].light != known["paper"].dark
    assert f".day-paper {{ background: {known['paper'].light}; }}" in css
    assert f".night-paper {{ background: {known['paper'].dark}; }}" in css
    assert len(known) > 30
