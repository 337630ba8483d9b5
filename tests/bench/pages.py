"""The pages that are measured, with their addresses in a paper that `fill` has made."""

from dataclasses import dataclass

from django.db.models import Count

from articles.models import Article, Edition, EditionByline, EditionTopic, Topic
from articles.search.finding import matching
from articles.search.wanted import Wanted
from comments.models import Discussion
from newsroom.filling.talk import HOT, HUGE, WARM

# A word of fewer stories is rare.
RARE = 100
ROLES = ("editor", "moderator")
STORIES = "/admin/articles/article/"


@dataclass(frozen=True)
class Page:
    """A page, and who asks for it: "" for a reader, or a role."""

    name: str
    url: str
    by: str = ""


def pages() -> list[Page]:
    """All of them; in a paper without discussions of ten thousand a hot one stands in their place."""
    return [*of_lists(), *of_stories(), *of_search(), *of_machines(), *of_editors(), *of_moderators()]


def of_lists() -> list[Page]:
    newest = Edition.objects.live().newest_first()
    older = newest[500]
    most, few = used_topics()
    author = EditionByline.objects.live().order_by("author")[0].author
    before = f"?before={older.published_at:%Y-%m-%dT%H:%M:%S}%2B00:00_{older.article_id}"
    return [
        Page("front page", "/"),
        Page("section", "/tv/"),
        Page("section, far down", f"/tv/{before}"),
        Page("topic of most stories", most.get_absolute_url()),
        Page("topic of few", few.get_absolute_url()),
        Page("author of most stories", author.get_absolute_url()),
        Page("archive", "/archive/"),
        Page("a day of the archive", f"/archive/{older.published_at:%Y/%-m/%-d}/"),
        Page("corrections", "/corrections/"),
    ]


def used_topics() -> tuple[Topic, Topic]:
    counted = EditionTopic.objects.live().values("topic").annotate(stories=Count("pk")).order_by("-stories", "topic")
    found = list(counted.values_list("topic", flat=True))
    return Topic.objects.get(pk=found[0]), Topic.objects.get(pk=found[-1])


def talked_of(size: int) -> Edition:
    """A story of which so much was said."""
    found = Discussion.objects.public().filter(seq=size).order_by("-last_at").first()
    return Edition.objects.live().get(article=found.article_id) if found else talked_of(HOT)


def of_stories() -> list[Page]:
    found = {size: talked_of(size) for size in (WARM, HOT, HUGE)}
    stories = [Page(f"story with {size:,} comments", story.path) for size, story in found.items()]
    talks = [Page(f"discussion of {size:,}", f"/comments/{story.article_id}/") for size, story in found.items()]
    liked = Page(f"discussion of {HUGE:,}, most liked first", f"/comments/{found[HUGE].article_id}/?order=liked")
    return [*stories, *talks, liked]


def of_search() -> list[Page]:
    most, few = used_topics()
    some = few.name.split()[0].lower()
    rare = rare_word()
    return [
        Page("search, a word of most stories", "/search/?q=story"),
        Page("search, two of them, the newest first", "/search/?q=story+series&sort=date"),
        Page("search, a word of most, in a section", "/search/?q=story&section=tv"),
        Page("search, a word of few stories in a hundred", f"/search/?q={some}"),
        Page("search, a rare word", f"/search/?q={rare}"),
        Page("search, a word of none", "/search/?q=xyzzyx"),
        Page("search, a misspelled word", f"/search/?q={rare[:-2]}{rare[-1]}{rare[-2]}"),
        Page("search, a topic", f"/search/?topic={most.slug}"),
        Page("suggestions", f"/search/suggest/?q={rare[:4]}"),
    ]


def rare_word() -> str:
    """The name of a topic that stands in less than a hundred stories."""
    names = (topic.name.split()[0].lower() for topic in Topic.objects.order_by("-pk"))
    return next(name for name in names if 0 < matching(Wanted(text=name)).count() < RARE)


def of_machines() -> list[Page]:
    story = Edition.objects.live().newest_first()[500]
    month = f"{story.published_at:%Y-%-m}"
    return [
        Page("feed", "/feed/"),
        Page("feed of a topic", f"{used_topics()[0].get_absolute_url()}feed/"),
        Page("sitemap, the files", "/sitemap.xml"),
        Page("sitemap, a month", f"/sitemap-{month}-1.xml"),
        Page("sitemap, lists", "/sitemap-lists.xml"),
        Page("sitemap, news", "/sitemap-news.xml"),
    ]


def of_editors() -> list[Page]:
    story = Edition.objects.live().newest_first()[50].article_id
    waiting = Article.objects.scheduled().order_by("pk")[0].pk
    return [
        Page("stories", STORIES, "editor"),
        Page("stories, live", f"{STORIES}?readers=live", "editor"),
        Page("stories, scheduled", f"{STORIES}?readers=scheduled", "editor"),
        Page("stories in review", f"{STORIES}?stage=in_review", "editor"),
        Page("stories of a section", f"{STORIES}?section=tv", "editor"),
        Page("stories, mine", f"{STORIES}?author=me", "editor"),
        Page("story form", f"{STORIES}{story}/change/", "editor"),
        Page("story form, scheduled", f"{STORIES}{waiting}/change/", "editor"),
        Page("history of a story", f"{STORIES}{story}/history/", "editor"),
        Page("dashboard", "/admin/", "editor"),
        Page("calendar", f"{STORIES}calendar/", "editor"),
        Page("board", f"{STORIES}board/", "editor"),
        Page("audit log", "/admin/articles/event/", "editor"),
    ]


def of_moderators() -> list[Page]:
    return [
        Page("desk, held", "/desk/", "moderator"),
        Page("desk, reported", "/desk/reported/", "moderator"),
        Page("desk, unreviewed", "/desk/unreviewed/", "moderator"),
        Page("desk, all", "/desk/all/", "moderator"),
        Page("moderators’ dashboard", "/admin/", "moderator"),
    ]
