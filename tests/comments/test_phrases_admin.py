"""The list of phrases in the admin: added, tried out, taken off, taken along; every change on record."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from comments import phrasing, trying
from comments.models import Comment, Phrase, PhraseChange
from comments.models.remit import limits_of
from comments.pasting import pasted
from comments.screening import compiled
from tests.factories import (
    edith,
    list_phrases,
    make_comment,
    make_edition,
    make_shown_comment,
    make_topic,
    mo,
    ravi,
    reject,
    rory,
    rosa,
    take_down,
    visit,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/phrase/"
ADD = f"{LIST}add/"


def send(who=None, button: str = "add", **data):
    given = {"lines": "", "kind": "banned", "sample": ""} | data | {button: "1"}
    return visit(who or mo()).post(ADD, given)


def listed() -> list[tuple[str, str, str]]:
    return list(Phrase.objects.order_by("pk").values_list("text", "kind", "note"))


# --- Lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("casino bonus", ("casino bonus", "banned", "")),
        ("  casino bonus  ", ("casino bonus", "banned", "")),
        ("casino bonus,suspect", ("casino bonus", "suspect", "")),
        ("kill you, threat, since March", ("kill you", "threat", "since March")),
        ('"well, well",,a comma', ("well, well", "banned", "a comma")),
        ("https://www.spam.example/,site", ("https://www.spam.example/", "site", "")),
    ],
)
def test_a_line_is_a_phrase_alone_or_with_its_kind_and_a_note(line, phrase):
    [made], bad = pasted(line, "banned")
    assert (made.text, made.kind, made.note) == phrase
    assert bad == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("!!!", "one to 8 words"),
        ("one two three four five six seven eight nine", "one to 8 words"),
        ("x" * 121, "120 characters"),
        ("well, well", "behind a comma"),
        ("a,banned,b,c", "behind a comma"),
        ('"open', "quote is not closed"),
        ("not a site,site", "no name of a site"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_good_ones_are_kept(line, why):
    good, [bad] = pasted(f"first\n\n{line}\nlast", "banned")
    assert [phrase.text for phrase in good] == ["first", "last"]
    assert (bad.number, bad.text) == (3, line)
    assert why in bad.why


# --- Adding and taking off -------------------------------------------------------------------------


def test_many_are_added_at_once_and_the_list_says_who_did():
    answer = send(lines="Casino bonus\ncheap watches, suspect, since March\n\nCASINO BONUS")
    assert answer.status_code == 302
    assert listed() == [("Casino bonus", "banned", ""), ("cheap watches", "suspect", "since March")]
    page = visit(edith()).get(LIST).content.decode()
    assert "cheap watches" in page
    assert "2 phrases put on the list. 1 was on it already" in visit_after(answer)


def visit_after(answer) -> str:
    client = answer.client
    return client.get(answer.url).content.decode()


def test_the_bad_lines_stand_in_the_field_again_and_the_good_ones_are_kept():
    answer = send(lines="casino bonus\n<b>!!!</b>, what\nwatches")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Line 2" in page
    assert "&lt;b&gt;!!!&lt;/b&gt;, what</textarea>" in page
    assert [text for text, _, _ in listed()] == ["casino bonus", "watches"]


def test_a_file_is_taken_as_it_was_exported():
    send(lines="casino bonus,suspect,a note\n=1+1 free")
    exported = b"".join(visit(mo()).get(f"{LIST}export/"))
    phrasing.change(remove=list(Phrase.objects.all()), by=mo())
    assert send(file=SimpleUploadedFile("phrases.csv", exported)).status_code == 302
    assert [(phrase.key, phrase.kind, phrase.note) for phrase in Phrase.objects.order_by("kind")] == [
        ("1 1 free", "banned", ""),
        ("casino bonus", "suspect", "a note"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Write or choose some phrases first"),
        ({"lines": "x", "kind": "nonsense"}, "nonsense is not one of the available choices"),
        ({"lines": "x", "sample": "y" * 5_001}, "at most 5000 characters"),
        ({"file": SimpleUploadedFile("x.bin", b"\xff\xfe\x00")}, "no text in UTF-8"),
        ({"file": SimpleUploadedFile("x.txt", b"x" * 1_000_001)}, "one megabyte"),
        ({"lines": "x\n" * 20_002}, "more than 20,000 lines"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_added(data, told):
    answer = send(**data)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert listed() == []


def test_what_is_taken_off_is_on_record_with_who_did_it():
    list_phrases("casino bonus", "watches", "bludge")
    bludge, casino, watches = Phrase.objects.order_by("text")
    desk = visit(edith())
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [bludge.pk, casino.pk], "post": "yes"})
    desk.post(f"{LIST}{watches.pk}/delete/", {"post": "yes"})
    assert listed() == []
    assert [len(change.removed) for change in PhraseChange.objects.all()] == [1, 2, 0]
    page = desk.get(f"{LIST}changes/").content.decode()
    assert "Version 3" in page
    assert "<q>casino bonus</q>" in page
    assert phrasing.current().version == 3


def test_the_export_has_what_the_list_shows():
    list_phrases("casino bonus")
    list_phrases("kill you", kind="threat")
    rows = b"".join(visit(mo()).get(f"{LIST}export/?kind__exact=threat")).decode("utf-8-sig").splitlines()
    assert rows == ["phrase,kind,note", "kill you,threat,"]
    assert visit(mo()).get(f"{LIST}export/?nonsense=1").status_code == 302


def test_two_changes_at_once_are_told_apart(monkeypatch):
    def overlap(**kwargs):
        raise phrasing.Overlapped("Somebody changed the list at the same moment. Please try again.")

    monkeypatch.setattr(phrasing, "change", overlap)
    answer = send(lines="casino bonus")
    assert answer.status_code == 409
    assert "casino bonus</textarea>" in answer.content.decode()
    assert "at the same moment" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [(rosa, 302), (rory, 403), (edith, 200), (mo, 200)])
@pytest.mark.parametrize("url", [LIST, ADD, f"{LIST}export/", f"{LIST}changes/"])
def test_who_may_look_after_the_list(who, status, url):
    assert visit(who()).get(url).status_code == status
    assert Client().get(url).status_code == 302


def test_the_list_takes_as_many_queries_for_many_as_for_one():
    desk, counts = visit(mo()), []
    for number in (1, 30):
        list_phrases(*(f"phrase {place} of {number}" for place in range(number)))
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Trying out ------------------------------------------------------------------------------------


def test_what_the_last_comments_would_have_met_is_shown_and_nothing_is_changed():
    edition = make_edition(topics=(make_topic("Kill Bill").pk,))
    for body in ("Kill Bill again", "I k1ll it & <you>", "A casino bonus", "Nothing"):
        make_shown_comment(edition, by=ravi(), body=body)
    before = list(Comment.objects.order_by("pk").values())
    answer = send(button="try", lines="kill\ncasino bonus,suspect\n!!!")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"These phrases, tried on the last {Comment.objects.count()} comments: 1 held, 1 shown and looked at" in page
    assert "I <mark>k1ll</mark> it &amp; &lt;you&gt;" in page
    assert "Line 3" in page
    assert "kill\ncasino bonus,suspect\n!!!</textarea>" in page
    assert "Kill Bill again" not in page
    assert (list(Comment.objects.order_by("pk").values()), listed()) == (before, [])


def test_without_phrases_it_is_the_list_that_is_tried_and_a_text_meets_both():
    list_phrases("casino bonus", kind="suspect")
    make_shown_comment(make_edition(), by=ravi(), body="A casino bonus")
    page = send(button="try", sample="A c4sino bonus").content.decode()
    assert "The list, tried on the last 3 comments: 0 held, 1 shown and looked at" in page
    assert "Your text would be shown, and looked at" in page
    page = send(button="try", lines="bludge", sample="A c4sino bonus, you bludge").content.decode()
    assert "Your text would be held" in page
    assert "<mark>c4sino bonus</mark>" in page
    assert "Your text meets nothing" in send(button="try", sample="Hello").content.decode()


def test_whoever_does_not_moderate_tries_it_on_what_readers_see():
    edition, gone = make_edition(), make_edition()
    make_shown_comment(edition, by=ravi(), body="kill, for all to read")
    make_comment(edition, body="kill, held")
    reject(make_comment(edition, by=ravi(), body="kill, rejected"))
    make_shown_comment(gone, by=ravi(), body="kill, of a story that is gone")
    take_down(publishing.unpublish, gone.article)
    kill = compiled([("banned", "kill")])
    assert trying.try_on_comments(kill, by=mo()).held == 4
    assert trying.try_on_comments(kill, by=edith()).held == 1


def test_it_takes_the_same_queries_for_many_stories(django_assert_num_queries):
    kill, person = compiled([("banned", "kill")]), mo()
    limits_of(person)
    for _ in range(2):
        for _ in range(3):
            make_shown_comment(make_edition(), by=ravi(), body="kill")
        with django_assert_num_queries(2):
            trying.try_on_comments(kill, by=person)


@pytest.mark.parametrize(
    ("text", "spans", "told"),
    [
        ("a kill b", [(2, 6)], "a [kill] b"),
        ("kill", [], "kill"),
        ("kill you", [(0, 4), (0, 8), (5, 8)], "[kill you]"),
        ("x" * 500 + "kill", [(500, 504)], "…" + "x" * 60 + "[kill]"),
        ("x" * 500, [], "x" * 320 + "…"),
    ],
)
def test_a_text_is_shown_about_its_first_match(text, spans, told):
    pieces = trying.around(text, spans)
    assert "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces) == told
