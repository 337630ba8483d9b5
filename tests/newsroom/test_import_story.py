"""`manage.py import_story`: what comes out of a plain text, and what is said of a bad one."""

import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Revision
from newsroom.moving.story_text import HEADLINE_UNDER, Unreadable, headline_from, parse
from tests.factories import edith, make_section, rory, rosa

WIRE = Path(__file__).parent.parent / "data" / "wire.txt"


def run(*files: Path, **options: Any) -> str:
    """Run the command; returns what it said, of good files and of bad."""
    said = io.StringIO()
    try:
        call_command("import_story", *map(str, files), stdout=said, stderr=said, **options)
    except CommandError as error:
        said.write(f"exit 1: {error}")
    return said.getvalue()


def write(folder: Path, text: str | bytes, name: str = "story.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- The text --------------------------------------------------------------------------------------


def test_a_wire_story_comes_apart_into_date_headline_subheads_quotes_and_prompt():
    story = parse(WIRE.read_text())
    assert story.printed_on.isoformat() == "2024-03-08"
    assert story.headline == "Harbour Lights returns to the quay tonight and the whole town has come out to watch it"
    assert story.body.count("<h2>") == 2
    assert "<h2>A Third Crossing Is Booked</h2>" in story.body
    assert '"You can be funny in the rain. You can only be brave in the wind."' in story.body
    assert story.prompt == "Will you be on board for the new crossing tonight? Let us know down in the comments!"
    assert "Let us know" not in story.body


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("It rained. Then it did not.", "It rained"),
        ("Will it rain? Perhaps.", "Will it rain?"),
        ("Dr. Pryce woke up. He was late.", "Dr. Pryce woke up"),
        ("J. R. Hollis signs on. More soon.", "J. R. Hollis signs on"),
        ('"It rained," she said. "A lot."', '"It rained," she said'),
        ("No stop at all", "No stop at all"),
    ],
)
def test_the_first_sentence_is_the_headline_without_its_full_stop(text, headline):
    assert headline_from(text) == headline


@given(st.text(min_size=1, max_size=600))
def test_a_headline_is_always_under_its_limit(text):
    assert len(headline_from(text)) < HEADLINE_UNDER


@given(st.text(max_size=2000))
def test_any_text_is_a_story_or_unreadable(text):
    try:
        story = parse(text)
    except Unreadable:
        return
    assert "<script" not in story.body


def test_a_first_line_that_is_no_sentence_is_the_headline_and_leaves_the_body():
    story = parse("Rain On The Quay\n\nIt rained all day.")
    assert (story.headline, story.body) == ("Rain On The Quay", "<p>It rained all day.</p>")


@pytest.mark.parametrize(
    "last",
    ["What do you think?", "She left no comment.", "Comments are closed on weekends.", "x" * 300 + "? Comments!"],
)
def test_a_last_paragraph_that_does_not_send_readers_to_the_comments_stays(last):
    assert parse(f"It rained.\n\n{last}").prompt == ""


def test_a_sentence_that_begins_with_date_is_no_date():
    assert parse("date night returns to the quay. It rained.").printed_on is None


@pytest.mark.parametrize("date", ["2024-13-01", "2024-02-30", "08/03/2024", "2024", "yesterday"])
def test_a_bad_date_is_named(date):
    with pytest.raises(Unreadable, match="bad date"):
        parse(f"date {date}\n\nIt rained.")


def test_markup_in_a_text_is_text():
    assert parse("It <b>rained</b> & poured.").body == "<p>It &lt;b&gt;rained&lt;/b&gt; &amp; poured.</p>"


# --- The command -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_story_is_published_with_the_date_it_was_printed():
    edith()
    make_section("tv")
    before = timezone.now()
    said = run(WIRE, section="tv", author="Wire Desk", publish=True)
    edition = Article.objects.get().live_edition
    assert f"imported at {edition.path}" in said
    assert edition.published_at.date().isoformat() == "2024-03-08"
    assert edition.live_at >= before
    assert edition.card.bylines[0].name == "Wire Desk"
    assert edition.prompt.startswith("Will you be on board")


@pytest.mark.django_db
def test_a_story_is_a_draft_in_news_unless_told_otherwise():
    run(WIRE, by=rory().username, headline="My own headline")
    article = Article.objects.get()
    assert (article.section.slug, article.headline, article.live_edition) == ("news", "My own headline", None)
    assert article.created_by == rory()


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing_and_says_so(tmp_path):
    edith()
    run(WIRE, publish=True)
    said = run(write(tmp_path, WIRE.read_bytes(), "copy.txt"), publish=True)
    assert "imported before" in said
    assert "nothing changed" in said
    assert (Article.objects.count(), Revision.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_bad_files_are_named_with_the_reason_and_the_others_go_on(tmp_path):
    edith()
    empty = write(tmp_path, "  \n\n ", "empty.txt")
    latin = write(tmp_path, "Caf\xe9 noir.".encode("latin-1"), "latin.txt")
    dated = write(tmp_path, "date 2024-99-99\n\nIt rained.", "dated.txt")
    heavy = write(tmp_path, "It rained.\n\n" * 9000, "heavy.txt")
    said = run(empty, latin, dated, heavy, tmp_path / "absent.txt", tmp_path, WIRE, publish=True)
    for reason in (
        f"{empty}: the file is empty",
        f"{latin}: not UTF-8 (byte 4)",
        f"{dated}: bad date “2024-99-99”",
        f"{heavy}: The body has too many elements",
        f"{tmp_path / 'absent.txt'}: No such file",
        f"{tmp_path}: Is a directory",
        f"{WIRE}: imported at",
        "exit 1: 6 of 7 files",
    ):
        assert reason in said
    assert Article.objects.count() == 1


@pytest.mark.django_db
@time_machine.travel("2024-03-07 12:00:00+00:00", tick=False)
def test_a_date_to_come_is_a_bad_date():
    edith()
    assert "it lies in the future" in run(WIRE, publish=True)
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"section": "opera"}, "There is no section “opera”."),
        ({"by": "nobody"}, "There is no active user “nobody”."),
        ({"by": "rosa"}, "rosa: You may not add stories."),
        ({"by": "rory", "publish": True}, "rory: You may not do this: publish."),
        ({"headline": "x" * 300}, "at most 200 characters"),
    ],
)
def test_a_wish_that_cannot_be_met_is_explained(options, reason):
    edith(), rory(), rosa()
    said = run(WIRE, **options)
    assert reason in said
    assert "exit 1" in said
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_nobody_to_act_is_explained():
    assert "Make an editor" in run(WIRE)
