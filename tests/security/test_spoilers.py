"""What is hidden as a spoiler stands folded on the pages where one reads it, and is in nothing else that goes out."""

import itertools
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.management import call_command

from comments import reporting
from comments.workflow import Complaint
from tests.comments.test_report import known
from tests.factories import (
    change,
    edith,
    make_comment,
    make_edition,
    make_shown_comment,
    make_user,
    mo,
    publish,
    ravi,
    rosa,
    visit,
)
from tests.security.test_leaks import Paper, addresses, values_of

pytestmark = pytest.mark.django_db

MARKER = "rhamphorhynchus"
FOLDED = {"hides", "hides--all", "spoiler"}
# Elements that have no end.
ALONE = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Unfolded(HTMLParser):
    """What a page says outside of what is folded: its words, and the values of attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.said: list[str] = []
        self.feed(html)

    @property
    def is_folded(self) -> bool:
        return any(self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if not self.is_folded:
            self.said += [value or "" for _, value in attrs]
        if tag not in ALONE:
            self.open.append(tag == "details" and bool(classes & FOLDED) and "open" not in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALONE:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.is_folded:
            self.said.append(data)


def said(response) -> str:
    """What an answer gives away to whoever does not ask."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode(errors="replace")
    return " ".join(Unfolded(text).said) if response["Content-Type"].startswith("text/html") else text


@pytest.fixture
def paper() -> Paper:
    """A story with a spoiler in its body and more of them under it: shown, held, reported, answered and picked."""
    edition = make_edition(
        headline="The last ferry",
        body=f'<p>It ends.</p><details class="spoiler"><summary>The end</summary><p>{MARKER}</p></details>',
    )
    inline = make_shown_comment(edition, by=ravi(), body=f"It was ||{MARKER}|| all along")
    make_shown_comment(edition, by=mo(), body=f"||{MARKER}||, as I said", parent=inline)
    whole = make_shown_comment(edition, by=ravi(), body=MARKER, is_spoiler=True, spoiler_scope="the end")
    reporting.report(whole, by=known(), reason=Complaint.SPOILER)
    make_comment(edition, by=rosa(), body=f"||{MARKER}||")
    other = make_edition(headline="Another")
    make_shown_comment(other, by=ravi())
    change(edition.article, headline="The very last ferry")
    edition = publish(edition.article)
    return Paper([edition.article], values_of([edition.article], other, ["x"]))


@pytest.mark.postgres
@pytest.mark.parametrize("person", [lambda: None, lambda: make_user("nell")], ids=["stranger", "reader"])
def test_readers_are_told_only_where_they_ask(paper, person):
    client, read = visit(person()), 0
    for address, query in itertools.product(addresses(paper), ("", "?part=1", "?order=oldest", f"?q={MARKER[:-3]}")):
        response = client.get(address + query)
        assert MARKER not in said(response), address + query
        read += response.status_code == 200
    assert read > 100


def test_it_is_there_for_who_asks(paper):
    page = visit(None).get(paper.articles[0].live_edition.path).content.decode()
    assert page.count(MARKER) == 4


def test_the_desk_and_its_mails_are_not_told_by_their_titles(paper):
    for person in (mo(), edith()):
        client = visit(person)
        for address in ("/desk/", "/desk/reported/", "/admin/", "/admin/comments/discussion/"):
            page = client.get(address).content.decode()
            title = page.partition("<title>")[2].partition("</title>")[0]
            assert MARKER not in title
    for _ in range(2):
        call_command("tick", verbosity=0)
    for message in mail.outbox:
        assert MARKER not in message.message().as_string()
