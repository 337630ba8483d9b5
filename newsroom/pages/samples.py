"""Made-up stories, pictures and comments for the style guide: shapes that templates know, and no row of a database."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.conf import settings

from articles.body.compile import compile_body
from articles.draft import Role
from articles.models.taxonomy import Colour
from articles.story import Abroad, Card, Credit, Link, Notice, NoticeKind, Parts, Picture, Story
from comments.markup import render
from comments.models import Comment, Discussion
from comments.reading import Shown
from comments.threads import tree

from ..models import User

AT = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
# One drawing stands for each of a picture's files: what they are called follows "?".
FOLDER = f"{settings.STATIC_URL}site/sample.svg?"
BODY = """<p>A paragraph with <a href="/corrections/">a link of ours</a>, <a href="https://example.com/">one that leads
away</a>, <strong>bold</strong> and <em>italic</em> words.</p><h2>A subhead</h2><p>What stands below it is measured for
reading: some sixty-five letters to the line.</p><h3>A smaller one</h3><ul><li>A list</li><li>of two</li></ul>
<ol><li>First this</li><li>then that</li></ol><blockquote><p>A quotation of some length, set apart.</p><cite>Somebody
who said it</cite></blockquote><aside class="pull-quote"><p>Nobody told the weather.</p><cite>Ines Barrowclough</cite>
</aside><aside class="fact-box"><p><strong>At a glance</strong></p><ul><li><strong>Where:</strong> the quay</li>
<li><strong>When:</strong> ten past ten</li></ul></aside><details class="spoiler"><summary>How it ends</summary><p>She
stays.</p></details><table><caption>Ferries of the day</caption><thead><tr><th scope="col">Ship</th><th scope="col">Time
</th><th scope="col">Quay</th></tr></thead><tbody><tr><th scope="row">Otter</th><td>10:10</td><td>North</td></tr>
<tr><th scope="row">Heron</th><td>12:40</td><td>South</td></tr></tbody></table><figure data-image="1"><figcaption>The
light, <em>at dusk</em></figcaption></figure><div data-gallery="1,2,3,4"></div><figure
data-embed="https://youtu.be/abc"><figcaption>The trailer</figcaption></figure>"""

SECTIONS = [
    Link(name, f"/{name.lower()}/", colour)
    for name, colour in zip(("TV", "Film", "Games", "Comics", "News", "Music"), Colour.values, strict=True)
]
HOUSE = [Link("About us", "/pages/about/"), Link("How we work", "/pages/ethics/"), Link("Privacy", "/pages/privacy/")]
PICTURE = Picture(
    alt="A lighthouse before a low sun", caption="", credit="Drawing: the house", width=1600, height=900, folder=FOLDER
)
BYLINES = (
    Credit("Rory Vance", "/authors/rory-vance/", Role.WORDS),
    Credit("Edith Okonjo", "/authors/edith-okonjo/", Role.WORDS),
    Credit("Bex Molloy", "", Role.PICTURES),
)
COUNTS = {1: 42, 2: 1}


def card(number: int = 1, **more: object) -> Card:
    """A story in a list, of each section in turn."""
    words = {"headline": "The Saltmarsh Signal will end with its fourth series, and this time the light stays off"}
    words |= {"dek": "Eight last episodes. Its creator has known the closing shot since before she had a first line."}
    about = {"section": SECTIONS[(number - 1) % len(SECTIONS)], "bylines": BYLINES, "picture": PICTURE}
    moments = {"published_at": AT, "updated_at": AT}
    return Card(**({"article_id": number, "path": f"/tv/sample-{number}/"} | words | about | moments | more))  # type: ignore[arg-type]


def story() -> Story:
    """A story with every element that a body can have, and the question at its end."""
    notice = Notice(NoticeKind.CORRECTION, "An earlier version had three ferries. There were two.", AT)
    clear = Notice(NoticeKind.CLARIFICATION, "The mayor spoke for herself, not for the council.", AT)
    head = card()
    told = Abroad(
        headline=head.headline, search_title="", search_description="", social_title="", social_description=""
    )
    return Story(
        **vars(card(prompt="Would you rewatch it from the start? Tell us in the comments.")),
        html=compile_body(BODY, Parts(images=dict.fromkeys(range(1, 5), PICTURE))).html,
        topics=(Link("The Saltmarsh Signal", "/topics/x/"), Link("Endings", "/topics/y/")),
        abroad=told,
        corrections=(notice, clear),
    )


def discussion() -> Shown:
    """A thread of three, one of them by the staff; and something withdrawn that had an answer."""
    about = Discussion(article_id=1)
    about.pause = ""
    rosa, mo = User(pk=1, username="Rosa Lindqvist"), User(pk=2, username="Mo Adeyemi", is_staff=True)

    def said(pk: int, by: User, words: str, parent: int | None = None, **more: object) -> Comment:
        return Comment(
            pk=pk, seq=pk, author=by, parent_id=parent, discussion=about, body=words, html=render(words), posted_at=AT,
            client_key=uuid.UUID(int=pk), **({"state": "shown"} | more),
        )  # fmt: skip

    rows = [
        said(1, rosa, "From the start, with the *subtitles* on. The foghorn is **worth** it."),
        said(2, mo, "It is. Mind the spoilers below, please.", parent=1),
        said(3, rosa, "I shall.", parent=2, edited_at=AT),
        said(4, rosa, "Taken back.", state="withdrawn"),
        said(5, mo, "An answer to something that is gone.", parent=4),
    ]
    return Shown(article_id=1, closed_because="", count=4, threads=tree(rows), more_url="/styleguide/")


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Name", help_text="As others see it.", max_length=60)
    words = forms.CharField(label="Your words", widget=forms.Textarea, required=False)
    choice = forms.ChoiceField(label="How often", choices=[("a", "At once"), ("b", "Once a day")])
    agreed = forms.BooleanField(label="Yes, I have read the rules")

    def clean(self) -> dict[str, object]:
        raise forms.ValidationError("Nothing was saved: two things below need another look.")


def fields() -> SampleForm:
    return SampleForm(initial={"words": "Something typed."}, label_suffix="", prefix="fresh")


def wrong_fields() -> SampleForm:
    return SampleForm(
        {"wrong-name": "", "wrong-choice": "c", "wrong-words": "Kept as typed."}, label_suffix="", prefix="wrong"
    )


@dataclass(frozen=True)
class Message:
    """What a page says has just happened."""

    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


MESSAGES = [
    Message("success", "Saved."),
    Message("info", "Look into your mail."),
    Message("warning", "Two things are missing."),
    Message("error", "It failed."),
]
