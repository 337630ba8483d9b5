"""Loads the demo paper through the same verbs that people use. Its dates are relative to now."""

import io
import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from PIL.Image import Image as Drawing
from tqdm import tqdm

from articles import assigning, corrections, editing, fronts, house_pages, notes, publishing
from articles.draft import BylinePart, Draft
from articles.images.intake import take_in
from articles.models import Article, Author, Correction, Edition, HousePage, Image, Section, Topic
from articles.models.reading import ReadCount
from articles.onward import renew_around
from comments import moderation, phrasing, posting, voting
from comments.models import Comment, Discussion, Phrase
from comments.workflow import State

from ..counting import fill_fronts
from ..models import User
from .posters import draw
from .posters.portraits import sit

HERE = Path(__file__).parent
PASSWORD = "newsroom-demo"  # noqa: S105  Known to all, and refused outside DEBUG.
# What a body refers to by name: pictures of its own story, and stories that ran before it.
NAMED = re.compile(r'data-(image|gallery|story)="([a-z0-9,-]+)"')
ROLES = {"rory": "Writer", "edith": "Editor", "mo": "Moderator", "rosa": ""}
READINGS = 2000  # of the newest story in its first hour
READ_FOR = 240  # hours
ABOUT = ("alt", "caption", "credit", "credit_url")
Data = dict[str, Any]


def load() -> None:
    """Make the paper: people, sections, topics, then each story with its picture and its discussion."""
    paper = tomllib.loads((HERE / "paper.toml").read_text())
    load_people(paper["people"])
    load_names(paper)
    for story in tqdm(list(stories()), unit="story", desc="The demo paper"):
        load_story(story)
    for pk in Edition.objects.live().values_list("article", flat=True):
        renew_around(article=pk)
    load_phrases(paper["phrases"], User.objects.get(username="mo"))
    load_fronts(paper["fronts"], User.objects.get(username="edith"))
    load_pages(User.objects.get(username="edith"))


def load_phrases(rows: list[Data], moderator: User) -> None:
    """What the screens look for in comments, as Mo has listed it."""
    phrasing.change(add=[Phrase(**row) for row in rows], by=moderator)


def stories() -> Iterator[Data]:
    """The stories, the oldest first, as they would have been written."""
    found = [tomllib.loads(path.read_text()) for path in sorted((HERE / "stories").glob("*.toml"))]
    return iter(sorted(found, key=lambda story: -story.get("hours_ago", 0)))


def load_people(people: list[Data]) -> None:
    for person in people:
        name = person["username"]
        role = ROLES.get(name, "")
        user = User(
            username=name,
            display_name=person["name"],
            email=f"{name}@example.com",
            is_demo=True,
            is_staff=role in {"Writer", "Editor"},
        )
        user.set_password(PASSWORD) if name in ROLES else user.set_unusable_password()
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if role:
            user.groups.add(Group.objects.get(name=role))


def load_names(paper: Data) -> None:
    """Sections, topics and authors."""
    for place, row in enumerate(paper["sections"]):
        Section.objects.create(position=place, **row)
    for row in paper["topics"]:
        Topic.objects.create(name=row["name"], slug=row["slug"], description=row["description"], picture=key_art(row))
    for row in paper["authors"]:
        load_author(row)


def key_art(topic: Data) -> Image | None:
    """The picture at the head of a topic's page, of those that have one."""
    if "poster" not in topic:
        return None
    poster = {"title": topic["name"], **topic["poster"]}
    alt = f"Key art for {topic['name']}: its name over a drawn {poster['motif']}."
    return draw_picture({"poster": poster, "alt": alt, "credit": "Illustration: Newsroom"}, title=topic["name"])


def load_author(row: Data) -> None:
    """An author, with a portrait and links elsewhere."""
    author = Author(name=row["name"], slug=row["slug"], job=row["job"], bio=row["bio"])
    author.user = User.objects.filter(username=row.get("user")).first()
    author.picture = take_drawn(sit(row["name"], **row["portrait"]), title=row["name"], alt=f"{row['name']}, drawn.")
    author.save()
    for link in row.get("links", []):
        author.links.create(**link)


def load_story(story: Data) -> None:
    """One story, as far as its `state` says."""
    edith = User.objects.get(username="edith")
    writer = User.objects.filter(author__slug=story["bylines"][0]["author"]).first() or edith
    article = editing.start(by=writer, draft=draft_of(story))
    if story["state"] == "in_review":
        publishing.submit(article, version=article.version, by=writer)
        load_work(article, edith)
    if story["state"] == "scheduled":
        at = timezone.now() + timedelta(hours=story["hours_ahead"])
        publishing.publish(article, version=article.version, by=edith, at=at)
    if story["state"] in {"live", "retracted"}:
        publishing.publish(article, version=article.version, by=edith)
        load_comments(article, story)
        load_corrections(article, story, edith)
    if story["state"] == "retracted":
        article.refresh_from_db()
        publishing.retract(article, version=article.version, by=edith, note=story["note"])


def load_work(article: Article, editor: User) -> None:
    """A story in review is Rory's to mend by tomorrow, and Edith has a question."""
    rory = User.objects.get(username="rory")
    assigning.assign(article, to=rory, due=timezone.localdate() + timedelta(days=1), by=editor)
    notes.write(article, text="@rory Who said the second quote, and where? Please add it.", by=editor)


def draft_of(story: Data) -> Draft:
    is_out = story["state"] in {"live", "retracted"}
    topics = Topic.objects.in_bulk(story["topics"], field_name="slug")
    authors = Author.objects.in_bulk([line["author"] for line in story["bylines"]], field_name="slug")
    return Draft(
        headline=story["headline"],
        dek=story["dek"],
        slug=story["slug"],
        body=body_of(story),
        section=Section.objects.get(slug=story["section"]).pk,
        topics=tuple(topics[slug].pk for slug in story["topics"]),
        bylines=tuple(BylinePart(authors[line["author"]].pk, line["role"]) for line in story["bylines"]),
        lead_image=poster_of(story, "picture"),
        trailer_url=story["trailer_url"],
        prompt=story["prompt"],
        answers="\n".join(story.get("answers", [])),
        discussion=story["discussion"],
        sponsor=story["sponsor"],
        printed_at=hours_ago(story["hours_ago"]) if is_out else None,
        spoiler=story.get("spoiler", ""),
        spoiler_scope=story.get("spoiler_scope", ""),
        safe_headline=story.get("safe_headline", ""),
        safe_image=poster_of(story, "safe_picture"),
    )


def body_of(story: Data) -> str:
    """The body with the numbers of the pictures and stories that it names."""
    pictures = {row["name"]: draw_picture(row, title=row["poster"]["title"]).pk for row in story.get("pictures", [])}

    def numbered(found: re.Match[str]) -> str:
        if found[1] == "story":
            return f'data-story="{Article.objects.get(slug=found[2]).pk}"'
        return f'data-{found[1]}="{",".join(str(pictures[name]) for name in found[2].split(","))}"'

    return NAMED.sub(numbered, story["body"])


def poster_of(story: Data, place: str) -> int | None:
    """The story's lead picture, or the one that gives nothing away, where it has one."""
    return draw_picture(story[place], title=story["headline"][:200]).pk if place in story else None


def draw_picture(row: Data, *, title: str) -> Image:
    """A poster, drawn and taken in as an upload would be."""
    poster, about = dict(row["poster"]), {key: row[key] for key in ABOUT if key in row}
    return take_drawn(draw(poster.pop("title"), **poster), title=title, **about)


def take_drawn(picture: Drawing, **about: Any) -> Image:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    file.seek(0)
    return take_in(file, **about)


def load_comments(article: Article, story: Data) -> None:
    """The discussion: posted, decided, and dated back to when it would have happened."""
    edition = article.live_edition
    if edition is None:
        return
    discussion = posting.open_for(edition)
    # A discussion that is closed by now was open once.
    Discussion.objects.filter(pk=discussion.pk).update(mode="open")
    load_votes(edition)
    posted: dict[int, Comment] = {}
    for row in sorted(story.get("comments", []), key=lambda row: row["minutes_after"]):
        parent = posted.get(row.get("parent", 0))
        words = posting.Words(row["text"], bool(row.get("spoils")), row.get("spoils", ""))
        by = User.objects.get(username=row["by"])
        comment = posting.post(edition, words, by=by, key=uuid.uuid4(), parent=parent)
        decide(comment, row)
        date_back(comment, edition.published_at + timedelta(minutes=row["minutes_after"]))
        posted[row["id"]] = Comment.objects.get(pk=comment.pk)
    Discussion.objects.filter(pk=discussion.pk).update(mode=story["discussion"])


def load_votes(edition: Edition) -> None:
    """Most readers of the demo choose an answer, where there are any; the first are chosen most."""
    places = [place for place, text in enumerate(edition.card.answers, 1) if text]
    readers = User.objects.filter(is_staff=False, is_demo=True).order_by("pk")
    for number, reader in enumerate(readers if places else ()):
        voting.vote(edition, answer=places[min(number % 5 // 2, len(places) - 1)], by=reader)


def load_corrections(article: Article, story: Data, editor: User) -> None:
    """What the paper got wrong, dated back to when it was told."""
    for row in story.get("corrections", []):
        article.refresh_from_db()
        made = corrections.correct(
            article, text=row["text"], kind=row["kind"], place=row["place"], version=article.version, by=editor
        )
        Correction.objects.filter(pk=made.pk).update(at=hours_ago(row["hours_ago"]))


def load_fronts(fronts_of: list[Data], editor: User) -> None:
    """What Edith has put on the fronts, and what readers are said to have read; nobody has read the demo's stories."""
    for row in fronts_of:
        section = Section.objects.get(slug=row["section"]) if "section" in row else None
        terms = fronts.Terms(place=row["place"], starts_at=timezone.now(), headline=row.get("headline", ""))
        fronts.add(Article.objects.get(slug=row["story"]), terms, section=section, by=editor)
    load_readings()
    fill_fronts()


def load_readings() -> None:
    """Each story read most in its first hours, and the newest stories most of all."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    newest = Edition.objects.live().newest_first().values_list("article", "published_at")
    ReadCount.objects.bulk_create(
        ReadCount(article_id=key, hour=hour, count=READINGS // rank // age)
        for rank, (key, published_at) in enumerate(newest, 1)
        for age in range(1, READ_FOR)
        if (hour := published_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=age)) <= now
        and READINGS // rank // age
    )


def load_pages(editor: User) -> None:
    """The pages of the house, as Edith has written and published them."""
    for row in tomllib.loads((HERE / "pages.toml").read_text())["pages"]:
        page = HousePage.objects.get(slug=row["slug"])
        page.title, page.lead, page.body, page.is_public = row["title"], row["lead"], row["body"], True
        house_pages.save(page, version=page.version, by=editor)


def decide(comment: Comment, row: Data) -> None:
    """Bring the comment into the state the story says, as Mo would."""
    mo = User.objects.get(username="mo")
    if row["state"] == "rejected":
        moderation.reject(comment, version=comment.version, by=mo, reason=row["reason"])
    elif row["state"] == "shown" and comment.state == State.HELD:
        moderation.approve(comment, version=comment.version, by=mo)


def date_back(comment: Comment, at: datetime) -> None:
    """The only thing no verb does: the demo's past never happened."""
    Comment.objects.filter(pk=comment.pk).update(posted_at=at)
    Discussion.objects.filter(pk=comment.discussion_id).update(last_at=at)


def hours_ago(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)
