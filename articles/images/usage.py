"""Where a picture is used: in working copies, in what readers have or will have, and as a section's stand-in."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from newsroom.lib.people import Person

from ..models import Article, Edition, Image, Section
from ..models.article import seen_in
from ..workflow import Seen


@dataclass(frozen=True)
class Use:
    """A story that has the picture: as what in its working copy, and in which editions readers have or will have."""

    article: Article
    seen: Seen
    places: tuple[str, ...]
    editions: tuple[Edition, ...]


def editions_showing(image: Image) -> QuerySet[Edition]:
    """The editions that show it, but for those long past."""
    return Edition.objects.filter(Q(lead_image=image) | Q(safe_image=image), past=False)


def stories_using(image: Image) -> QuerySet[Article]:
    """Every story whose working copy has it, or that had it in an edition; those in the trash included."""
    editions = Edition.objects.filter(Q(lead_image=image) | Q(safe_image=image), article=OuterRef("pk"))
    return Article.objects.filter(Q(lead_image=image) | Q(safe_image=image) | Exists(editions))


def is_used(image: Image) -> bool:
    """Whether a story or a section needs it, or an edition ever had it: the record keeps its pictures."""
    return Section.objects.filter(stand_in=image).exists() or stories_using(image).exists()


def unused() -> QuerySet[Image]:
    """The pictures that nothing needs."""
    story = Q(lead_image=OuterRef("pk")) | Q(safe_image=OuterRef("pk"))
    return Image.objects.filter(
        ~Exists(Article.objects.filter(story)),
        ~Exists(Edition.objects.filter(story)),
        ~Exists(Section.objects.filter(stand_in=OuterRef("pk"))),
    )


def uses(image: Image, person: Person) -> list[Use]:
    """Where it is used, as far as this person may know of the stories; the last saved first. Two queries."""
    editions = Prefetch("editions", Edition.objects.defer(*Edition.HEAVY).order_by("live_at"))
    stories = stories_using(image).filter(pk__in=Article.objects.visible_to(person).values("pk"))
    return [_use(article, image) for article in stories.order_by("-saved_at", "-pk").prefetch_related(editions)]


def _use(article: Article, image: Image) -> Use:
    editions = list(article.editions.all())
    return Use(
        article,
        seen_in(editions),
        tuple(_places(article, image)),
        tuple(
            edition
            for edition in editions
            if image.pk in {edition.lead_image_id, edition.safe_image_id} and (edition.is_live or edition.is_waiting)
        ),
    )


def _places(article: Article, image: Image) -> list[str]:
    places = {"lead picture": article.lead_image_id, "spoiler-free picture": article.safe_image_id}
    return [place for place, pk in places.items() if pk == image.pk]
