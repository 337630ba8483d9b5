"""The cast and the things they make, for tests: plain functions that call our verbs, and nothing cleverer."""

import io
import itertools
import uuid
from datetime import date, datetime
from typing import Any
from unittest import mock

import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from PIL import Image as Pillow

from articles import assigning, corrections, editing, fronts, house_pages, notes, publishing
from articles.draft import BylinePart, Draft
from articles.images.intake import take_in
from articles.models import Article, Author, Correction, Edition, HousePage, Image, Note, Section, Slot, Topic
from comments import moderation, phrasing, posting
from comments.models import Comment, Discussion, Guest, Heat, Phrase, PhraseChange
from comments.workflow import SETTLES_AFTER, State
from newsroom import portraits
from newsroom.models import User

COUNT = itertools.count(1)

# --- The cast --------------------------------------------------------------------------------------


def make_user(username: str, *roles: str, is_staff: bool = False, **fields: Any) -> User:
    """An account, the same one for the same name; roles are groups that a migration made."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(username, f"{username}@example.com", is_staff=is_staff, **fields)
        user.groups.set([Group.objects.get(name=role) for role in roles])
    return user


def rory() -> User:
    """Rory writes."""
    user = make_user("rory", "Writer", is_staff=True)
    make_author("Rory Quill", user=user)
    return user


def wren() -> User:
    """Wren writes too, and is not Rory."""
    user = make_user("wren", "Writer", is_staff=True)
    make_author("Wren Ashdown", user=user)
    return user


def edith() -> User:
    """Edith edits."""
    return make_user("edith", "Editor", is_staff=True)


def mo() -> User:
    """Mo moderates."""
    return make_user("mo", "Moderator", is_staff=True)


def ana() -> User:
    """Ana moderates too, and is not Mo."""
    return make_user("ana", "Moderator")


def rosa() -> User:
    """Rosa reads, and is new to the discussion: her first two comments are held."""
    return make_user("rosa", display_name="Rosa Reads")


def ravi() -> User:
    """Ravi reads, and is no newcomer: two comments of his were shown before."""
    user = make_user("ravi", display_name="Ravi Regular")
    if not user.comments.exists():
        elsewhere = make_edition(headline="Where Ravi began")
        for _ in range(2):
            make_shown_comment(elsewhere, by=user)
    return user


def visit(who: User | None, **options: Any) -> Client:
    """A browser in which this person is signed in; nobody, if None. The options are those of Django's test client."""
    client = Client(**options)
    if who:
        client.force_login(who)
    return client


def with_picture(user: User) -> User:
    """Somebody who has given a picture of themselves."""
    portraits.put(user, io.BytesIO(picture_bytes(size=(300, 200))))
    return user


# --- Stories ---------------------------------------------------------------------------------------


def make_section(slug: str = "tv") -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"name": slug.upper()})[0]


def make_topic(name: str = "Widows Keep") -> Topic:
    return Topic.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-")})[0]


def make_author(name: str = "Rory Quill", user: User | None = None) -> Author:
    if user and (own := Author.objects.filter(user=user).first()):
        return own
    slug = name.lower().replace(" ", "-")
    return Author.objects.get_or_create(slug=slug, defaults={"name": name, "user": user})[0]


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (640, 360), **options: Any) -> bytes:
    """A picture file, unlike any made before: its colours are so far apart that JPEG keeps them so."""
    number = next(COUNT)
    colour = tuple(number // step % 16 * 16 for step in (1, 16, 256))
    buffer = io.BytesIO()
    Pillow.new("RGB", size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def make_picture(title: str = "A still", **about: Any) -> Image:
    """A picture with all that a story may show it with."""
    about = {"alt": "A ferry in the rain", "credit": "Picture: Bex Molloy"} | about
    return take_in(io.BytesIO(picture_bytes()), title=title, **about)


def make_draft(**fields: Any) -> Draft:
    """A draft with all that publishing asks for, and no more."""
    fields.setdefault("headline", f"Story number {next(COUNT)}")
    fields.setdefault("body", "<p>Something happened on television.</p>")
    if "section" not in fields:
        fields["section"] = make_section().pk
    if "bylines" not in fields:
        rory()
        fields["bylines"] = (BylinePart(make_author("Rory Quill").pk),)
    return Draft(**fields)


def make_article(by: User | None = None, **fields: Any) -> Article:
    """A story in draft that its writer (Rory, unless told) has saved once."""
    return editing.start(by=by or rory(), draft=make_draft(**fields))


def change(article: Article, by: User | None = None, **fields: Any) -> Article:
    """Edit the story as it is now; returns it as it then is."""
    article = Article.objects.get(pk=article.pk)
    draft = Draft(**(vars(article.draft) | fields))
    return editing.save(article, draft, version=article.version, by=by or edith())


def publish(article: Article, at: datetime | None = None, **options: Any) -> Edition:
    """Edith publishes the story as it is now."""
    article = Article.objects.get(pk=article.pk)
    return publishing.publish(article, version=article.version, by=edith(), at=at, **options)


def republish(article: Article, at: datetime | None = None, *, waiting: str = "recut", **fields: Any) -> Edition:
    """Edith changes a published story and publishes the change."""
    change(article, **(fields or {"dek": f"Change {next(COUNT)}"}))
    return publish(article, at, waiting=publishing.Waiting(waiting))


def make_edition(at: datetime | None = None, **fields: Any) -> Edition:
    """A story that readers have now or, with `at`, from then on."""
    return publish(make_article(**fields), at)


def take_down(verb: Any, article: Article, note: str = "It was wrong.") -> Any:
    """Edith unpublishes, retracts, unschedules or brings back (`verb`) the story as it is now."""
    article = Article.objects.get(pk=article.pk)
    return verb(article, version=article.version, by=edith(), note=note)


def correct(edition: Edition, text: str = "It was two ferries, not three.", **options: Any) -> Correction:
    """Edith corrects the story as it is now, at its foot unless told."""
    article = Article.objects.get(pk=edition.article_id)
    options = {"kind": "correction", "place": "foot", "version": article.version, "by": edith()} | options
    return corrections.correct(article, text=text, **options)


def make_note(article: Article, text: str = "Who said that?", by: User | None = None) -> Note:
    """A note for colleagues; Edith's, unless told."""
    return notes.write(article, text=text, by=by or edith()).note


def assign(article: Article, *, to: User | None, due: date | None = None) -> Article:
    """Edith gives the story to somebody."""
    return assigning.assign(article, to=to, due=due, by=edith())


def make_slot(edition: Edition, place: str = "top", front: str = "", by: User | None = None, **terms: Any) -> Slot:
    """Edith puts the story on the front page, or on the front of the section of that slug."""
    section = make_section(front) if front else None
    terms.setdefault("starts_at", timezone.now())
    return fronts.add(edition.article, fronts.Terms(place=place, **terms), section=section, by=by or edith())


def make_house_page(slug: str = "about", *, is_public: bool = True, **words: Any) -> HousePage:
    """Edith writes a page of the house, and readers have it unless told."""
    page = HousePage.objects.filter(slug=slug).first() or HousePage(slug=slug)
    for name, value in ({"title": slug.title(), "body": "<p>Words.</p>"} | words).items():
        setattr(page, name, value)
    page.is_public = is_public
    return house_pages.save(page, version=page.version if page.pk else 0, by=edith())


# --- The discussion --------------------------------------------------------------------------------


def make_comment(edition: Edition, by: User | None = None, body: str = "I liked it.", **more: Any) -> Comment:
    """A comment as the screens leave it; Rosa's, unless told."""
    more.setdefault("key", uuid.uuid4())
    words = posting.Words(body, **{name: more.pop(name) for name in ("is_spoiler", "spoiler_scope") if name in more})
    return posting.post(edition, words, by=by or rosa(), **more)


def make_shown_comment(edition: Edition, by: User | None = None, **more: Any) -> Comment:
    """A comment that readers see, through Mo's approval if it was held."""
    comment = make_comment(edition, by=by, **more)
    if comment.state == State.HELD:
        moderation.approve(comment, version=comment.version, by=mo())
        comment.refresh_from_db()
    return comment


def make_heat(discussion: Discussion, **figures: Any) -> Heat:
    """That it is hot at this moment, and slowing it proposed."""
    now, seen = timezone.now(), {"comments": 43, "usual": 4.0, "reports": 9, "weight": 12.0, "held": 12, "rejected": 0}
    seen |= {"measure": "slow"} | figures
    return Heat.objects.create(discussion=discussion, began_at=now, seen_at=now, **seen)


def make_guest(edition: Edition, **fields: Any) -> Guest:
    """What a guest wants to say; it waits for its owner."""
    Discussion.objects.filter(article=edition.article_id).update(takes_guests=True)
    given = {"name": "Nell Ashby", "email": "nell@example.com", "body": "I was on it, too.", "asked_at": timezone.now()}
    return Guest.objects.create(discussion=edition.article.discussion_row, **given | fields)


def list_phrases(*texts: str, kind: str = "banned") -> PhraseChange | None:
    """Mo puts phrases on the list; None for those that are there."""
    return phrasing.change(add=[Phrase(text=text, kind=kind) for text in texts], by=mo())


def reject(comment: Comment, reason: str = "spam") -> Comment:
    """Mo rejects the comment as it is now."""
    comment.refresh_from_db()
    moderation.reject(comment, version=comment.version, by=mo(), reason=reason)
    comment.refresh_from_db()
    return comment


def once_settled() -> time_machine.travel:
    """So long after what was just decided that it is told of."""
    return time_machine.travel(timezone.now() + SETTLES_AFTER)


# --- What readers get ------------------------------------------------------------------------------


def without_its_words(missing: Any) -> str:
    """The page of what is not there, without the words of its address: the search is filled with them."""
    return missing.content.decode().replace(escape(missing.context["text"]), "")


def make_demo() -> None:
    """The demo's whole paper, which is for DEBUG only; its people may sign in."""
    with mock.patch.object(settings, "DEBUG", True):
        call_command("demo", verbosity=0)
    User.objects.update(is_demo=False)
