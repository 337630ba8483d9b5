"""What Word and Google Docs put on the clipboard comes out clean, whatever the editor made of it before."""

import re
from pathlib import Path

import pytest

from articles.body.clean import clean
from articles.body.compile import compile_body

CLIPBOARD = Path(__file__).parent.parent / "data" / "clipboard"


@pytest.mark.parametrize("program", ["word", "docs"])
def test_pasted_words_keep_their_structure_and_lose_all_else(program):
    body = clean((CLIPBOARD / f"{program}.html").read_text())
    assert "<h2>The last ferry</h2>" in body
    assert "“nobody” came" in body
    assert '<a href="https://example.com/timetable">the timetable</a>' in body
    assert re.search(r"<td>\s*<p>\s*Otter\s*</p>\s*</td>", body)
    assert not re.search(
        r"mso|Mso|docs-internal|style|class=|<span|<font|<img|<div|o:p|file:|@font-face|@page|endif", body
    )
    assert "<p></p>" not in body
    assert clean(body) == body


@pytest.mark.parametrize("program", ["word", "docs"])
def test_pasted_words_compile_to_the_same_text(program):
    text = compile_body((CLIPBOARD / f"{program}.html").read_text()).text
    for words in ("The last ferry", "rained on", "See the timetable.", "One funnel", "Two funnels", "1962"):
        assert words in text


def test_a_list_and_paragraphs_of_google_docs_are_kept_though_all_of_it_lies_in_a_bold_element():
    body = clean((CLIPBOARD / "docs.html").read_text())
    assert body.count("<li>") == 2
    assert body.count("<p>") >= 4
    assert "<strong>" not in body.split("rained")[0]
