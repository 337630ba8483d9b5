"""Article: the working copy, which editors change freely and readers never see."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from newsroom.lib.people import Person, staff_with

from ..draft import COLUMNS, BylinePart, DiscussionSetting, Draft, Role, Spoiler
from ..workflow import Seen, Stage
from .edition import Edition, EditionQuerySet
from .event import Event
from .people import Author
from .taxonomy import EDITORS_RIGHT, Topic, sections_of


def is_own(user: "Person | AnonymousUser") -> Q:
    """What makes a story `user`'s own: begun, in the byline, or assigned."""
    lines = Byline.objects.filter(article=OuterRef("pk"), author__user=user.pk)
    return Q(created_by=user.pk) | Q(assignee=user.pk) | Q(Exists(lines))


class ArticleQuerySet(models.QuerySet["Article"]):
    """Which stories ...?"""

    def visible_to(self, user: "Person | AnonymousUser") -> Self:
        """Stories whose working copy `user` may open: all for editors, their own for writers, none in the trash."""
        return self.of(user).filter(trashed_at=None)

    def of(self, user: "Person | AnonymousUser") -> Self:
        """Stories that `user` may know of, those in the trash included. For the trash itself and for the record."""
        if not (user.is_active and user.is_staff and user.has_perm("articles.view_article")):
            return self.none()
        sections = sections_of(user)
        if user.has_perm(EDITORS_RIGHT) and not sections:
            return self
        desk = Q(section__in=sections) | Q(section=None) if sections else Q()
        return self.filter(is_own(user) | desk)

    def own(self, user: "Person | AnonymousUser") -> Self:
        """Stories that `user` began, that have `user` in the byline, or that are assigned to `user`."""
        return self.filter(is_own(user))

    def overdue(self) -> Self:
        """Stories that should have been done before today, and are not."""
        return self.filter(due_on__lt=timezone.localdate()).exclude(stage=Stage.PUBLISHED)

    def live(self) -> Self:
        """What readers have now."""
        return self.filter(Exists(_editions().live()))

    def scheduled(self) -> Self:
        """Stories that go live by themselves, and live ones with a change that does."""
        return self.filter(Exists(_editions().waiting()))

    def never_published(self) -> Self:
        """What no reader has had, whether or not it is scheduled."""
        return self.filter(~Exists(_editions().begun()))

    def gone(self) -> Self:
        """What readers had, and have no more."""
        return self.filter(Exists(_editions().begun()), ~Exists(_editions().live()))

    def trashed(self) -> Self:
        """What lies in the trash, the newest first."""
        return self.filter(trashed_at__isnull=False).order_by("-trashed_at", "-pk")

    def with_live(self) -> Self:
        """Marks each story `is_live_now`, for lists."""
        return self.annotate(is_live_now=Exists(Edition.objects.live().filter(article=OuterRef("pk"))))


def _editions() -> EditionQuerySet:
    """The editions of the story in an outer query."""
    return Edition.objects.filter(article=OuterRef("pk"))


class Article(models.Model):
    """A story as its editors have it. Only editing.py, publishing.py and assigning.py write to it."""

    headline = models.CharField(max_length=200, blank=True)
    dek = models.CharField(max_length=400, blank=True, help_text="The sentence under the headline.")
    slug = models.SlugField(
        max_length=120, blank=True, help_text="The end of its address. Made from the headline when empty."
    )
    body = models.TextField(blank=True)
    section = models.ForeignKey("Section", models.PROTECT, null=True, blank=True, related_name="+")
    topics: "models.ManyToManyField[Topic, ArticleTopic]" = models.ManyToManyField(
        "Topic", through="ArticleTopic", related_name="+"
    )
    authors = models.ManyToManyField(Author, through="Byline", related_name="+")
    lead_image = models.ForeignKey("Image", models.PROTECT, null=True, blank=True, related_name="lead_of")
    trailer_url = models.URLField("trailer", max_length=400, blank=True, help_text="The address of a video.")
    prompt = models.CharField(
        max_length=300, blank=True, help_text="The question to readers that opens the discussion."
    )
    answers = models.TextField(
        max_length=600,
        blank=True,
        help_text=(
            "Two to six to choose from, one a line, if the prompt asks for a choice. Votes go by an answer’s place:"
            " to take one back, leave its line empty."
        ),
    )
    discussion = models.CharField(max_length=10, choices=DiscussionSetting, default=DiscussionSetting.OPEN)
    canonical_url = models.URLField(
        "first ran at", max_length=400, blank=True, help_text="Where the story ran first, if not here."
    )
    sponsor = models.CharField("sponsored by", max_length=120, blank=True)
    printed_at = models.DateTimeField(
        "printed date", null=True, blank=True, help_text="Only for a story that ran before it came here."
    )
    spoiler = models.CharField("what it gives away", max_length=8, choices=Spoiler, default=Spoiler.NONE, blank=True)
    spoiler_scope = models.CharField(
        "of what", max_length=80, blank=True, help_text="As readers know it: “Season 2, episode 8”."
    )
    safe_headline = models.CharField(
        "spoiler-free title",
        max_length=200,
        blank=True,
        help_text="Stands in lists and wherever the story is shared, and gives nothing away.",
    )
    safe_image = models.ForeignKey(
        "Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="safe_image_of",
        verbose_name="spoiler-free picture",
        help_text="Without one, lists and shares show no picture of a story that gives much away.",
    )
    search_title = models.CharField(
        max_length=120,
        blank=True,
        help_text="For search engines; the headline when empty. They show some 60 characters.",
    )
    search_description = models.CharField(
        max_length=320, blank=True, help_text="The dek when empty. They show some 155 characters."
    )
    social_title = models.CharField(
        max_length=200, blank=True, help_text="Where the story is shared; the headline when empty."
    )
    social_description = models.CharField(max_length=320, blank=True, help_text="The dek when empty.")

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    due_on = models.DateField(null=True, editable=False)
    import_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    trashed_at = models.DateTimeField(null=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = ArticleQuerySet.as_manager()
    editions: "EditionQuerySet"

    class Meta:
        ordering = ["-saved_at", "-pk"]
        permissions = [
            ("submit_article", "Can submit a story for review"),
            ("edit_any_article", "Can open and edit every story"),
            ("approve_article", "Can approve a story or send it back"),
            ("publish_article", "Can publish, schedule and unpublish a story"),
            ("retract_article", "Can retract a story"),
            ("assign_article", "Can assign a story to a colleague"),
            ("correct_article", "Can add a correction to a story, or withdraw one"),
            ("trash_article", "Can put a story in the trash, and back"),
            ("set_embargo", "Can put a story under embargo"),
            ("break_embargo", "Can break an embargo"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="article_stage_known"),
            models.CheckConstraint(
                condition=Q(discussion__in=DiscussionSetting.values), name="article_discussion_known"
            ),
            models.CheckConstraint(condition=Q(spoiler__in=Spoiler.values), name="article_spoiler_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="article_version_positive"),
            # Not the other way round: an account may be deleted.
            models.CheckConstraint(
                condition=Q(trashed_at__isnull=False) | Q(trashed_by__isnull=True),
                name="article_trashed_by_when_trashed",
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "-saved_at"], name="article_stage_saved"),
            models.Index(fields=["-saved_at", "-id"], condition=Q(trashed_at=None), name="article_saved"),
            models.Index(fields=["saved_by", "-saved_at"], name="article_saved_by"),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="article_due"),
            models.Index(fields=["-trashed_at"], condition=Q(trashed_at__isnull=False), name="article_trashed"),
        ]

    def __str__(self) -> str:
        return self.headline or "Untitled story"

    @property
    def draft(self) -> Draft:
        """The working copy as one value (two queries: topics and bylines)."""
        columns: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        return Draft(
            **columns,
            section=self.section_id,
            topics=tuple(link.topic_id for link in self.topic_links.all()),
            bylines=tuple(BylinePart(line.author_id, line.role) for line in self.byline_set.all()),
            lead_image=self.lead_image_id,
            safe_image=self.safe_image_id,
        )

    @property
    def live_edition(self) -> Edition | None:
        """The edition readers have now."""
        return self.editions.live().first()

    @property
    def waiting_edition(self) -> Edition | None:
        """The next edition whose moment has not come."""
        return self.editions.waiting().order_by("live_at").first()

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate() and self.stage != Stage.PUBLISHED

    @property
    def sent_back(self) -> Event | None:
        """The event with the reason for which the story was last sent back, until it is on its way again."""
        move = self.events.filter(kind__in=Event.MOVES).select_related("by").first()
        return move if move and move.kind == Event.Kind.SENT_BACK else None

    def owners(self) -> QuerySet[Person]:
        """Whose story it is: `own`, asked from the other side."""
        named = Q(author__in=self.byline_set.values("author"))
        return get_user_model().objects.filter(Q(pk=self.created_by_id) | Q(pk=self.assignee_id) | named)

    def who_may_open(self) -> QuerySet[Person]:
        """The colleagues who may open the working copy: `visible_to`, asked from the other side."""
        if self.trashed_at:
            return get_user_model().objects.none()
        editors = staff_with(EDITORS_RIGHT)
        if self.section_id:
            at_home = Q(edited_sections=self.section_id) | Q(edited_sections=None) | Q(is_superuser=True)
            editors = editors.filter(at_home)
        either = Q(pk__in=editors.values("pk")) | Q(pk__in=self.owners().values("pk"))
        return staff_with("articles.view_article").filter(either)

    @property
    def seen(self) -> Seen:
        """What readers have of this story now."""
        editions = list(self.editions.order_by("live_at").defer(*Edition.HEAVY))
        return seen_in(editions)


def seen_in(editions: "list[Edition]") -> Seen:
    """What readers have of a story with these editions, in the order of `live_at`."""
    now = timezone.now()
    begun = [edition for edition in editions if edition.live_at <= now and not edition.is_empty]
    if any(edition.is_live for edition in begun):
        return Seen.LIVE
    if begun:
        return Seen(begun[-1].ended_as) if begun[-1].ended_as in Seen.values else Seen.UNPUBLISHED
    return Seen.SCHEDULED if any(edition.is_waiting for edition in editions) else Seen.NEVER


class ArticleTopic(models.Model):
    """A topic of a working copy, in the editor's order."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey("Topic", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="article_topic_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.topic_id}"


class Byline(models.Model):
    """A name in a working copy's byline, in the editor's order."""

    article = models.ForeignKey(Article, models.CASCADE)
    author = models.ForeignKey(Author, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.WORDS)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "author", "role"], name="byline_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.author_id} ({self.role})"
