"""Fragments: what they are given is escaped, what they are not given is an error, and moments are the site's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template, engines
from django.utils import timezone
from jinja2 import UndefinedError

from newsroom.fragments import moment
from newsroom.lib.html import trusted


def drawn(text: str, **context: object) -> str:
    return engines["fragments"].from_string(text).render(context)


def test_text_is_escaped_unless_it_is_known_to_be_safe():
    told = {"said": "<b>&", "made": trusted("<b>so</b>")}
    assert drawn("{{ said }} {{ made }}", **told) == "&lt;b&gt;&amp; <b>so</b>"


def test_a_name_that_is_missing_is_an_error():
    with pytest.raises(UndefinedError):
        drawn("{{ nobody.knows }}")
    with pytest.raises(UndefinedError):
        drawn("{% if nothing %}{% endif %}")


def test_a_template_takes_one_in_with_what_it_gives_it_alone():
    text = '{% load fragments %}{% fragment "people/_face.html" person="" guest=name %}'
    assert Template(text).render(Context({"name": "<ann", "person": 1})) == (
        '<span class="face" aria-hidden="true">&lt;</span>'
    )


def test_a_moment_is_written_in_the_zone_of_the_site_whichever_it_is():
    at = datetime(2030, 1, 31, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert moment(at, "j M Y, H:i") == "1 Feb 2030, 00:30"
    with timezone.override(ZoneInfo("America/New_York")):
        assert moment(at, "j M Y, H:i") == "31 Jan 2030, 18:30"
