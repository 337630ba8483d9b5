"""Where a picture is used: in working copies, in what readers have or will have, and by what is no story."""

from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet

from newsroom.lib.people import Person

from ..body.references import images_in
from ..models import Article, Author, Edition, EditionImage, HousePage, Image, Section, Slot, Topic
from ..models.article import seen_in
from ..workflow import Seen

# What else than a story shows a picture: rows of a model, by a field of it, and as what.
HOLDERS: tuple[tuple[type[Model], str, str], ...] = (
    (Section, "stand_in", "the section’s stand-in"),
    (Topic, "picture", "the topic’s picture"),
    (Author, "picture", "the author’s picture"),
    (Slot, "image", "a card’s picture on a front"),
)


@dataclass(frozen=True)
class Holder:
    """A row other than a story that shows the picture: its name, if one may know it, and as what."""

    name: str
    place: str


@dataclass(frozen=True)
class Use:
    """A story that has the picture: as what in its working copy, and in which editions readers have or will have."""

    article: Article
    seen: Seen
    places: tuple[str, ...]
    editions: tuple[Edition, ...]


def editions_showing(image: Image) -> QuerySet[Edition]:
    """The editions that show it anywhere or would have it as a stand-in, but for those long past."""
    links = EditionImage.objects.filter(image=image).values("edition")
    sections = Section.objects.filter(stand_in=image).values("pk")
    return Edition.objects.filter(Q(pk__in=links) | Q(section__in=sections), past=False)


def stories_using(image: Image) -> QuerySet[Article]:
    """Every story whose working copy has it, or that had it in an edition; those in the trash included."""
    editions = EditionImage.objects.filter(image=image, edition__article=OuterRef("pk"))
    return Article.objects.filter(Q(lead_image=image) | Q(safe_image=image) | _in_body(image) | Exists(editions))


def _in_body(image: Image) -> Q:
    """Alone, or in a gallery."""
    gallery = rf'data-gallery="([0-9]+,)*{image.pk}(,[0-9]+)*"'
    return Q(body__contains=f'data-image="{image.pk}"') | Q(body__contains="data-gallery=", body__regex=gallery)


def is_used(image: Image) -> bool:
    """Whether a story, a page, a section or a front needs it, or an edition had it: the record keeps its pictures."""
    held = any(model._default_manager.filter(**{field: image}).exists() for model, field, _ in HOLDERS)
    return held or HousePage.objects.filter(_in_body(image)).exists() or stories_using(image).exists()


def unused() -> QuerySet[Image]:
    """The pictures that nothing needs; the bodies that hold any are read for it."""
    story = Q(lead_image=OuterRef("pk")) | Q(safe_image=OuterRef("pk"))
    with_pictures = Q(body__contains="data-image=") | Q(body__contains="data-gallery=")
    rows = (model._default_manager.filter(with_pictures) for model in (Article, HousePage))
    held = {pk for some in rows for body in some.values_list("body", flat=True) for pk in images_in(body)}
    return Image.objects.exclude(pk__in=held).filter(
        ~Exists(Article.objects.filter(story)),
        ~Exists(EditionImage.objects.filter(image=OuterRef("pk"))),
        *(~Exists(model._default_manager.filter(**{field: OuterRef("pk")})) for model, field, _ in HOLDERS),
    )


def holders(image: Image, person: Person) -> list[Holder]:
    """What else shows it, of what this person may look at. A query for each kind."""
    return [
        Holder(str(row), place)
        for model, field, place in HOLDERS
        if person.has_perm(f"articles.view_{model._meta.model_name}")
        for row in model._default_manager.filter(**{field: image})
    ]


def may_change_holders(image: Image, person: Person) -> bool:
    """Whether this person may change the pages, other than stories, that readers see it on."""
    return all(
        person.has_perm(f"articles.change_{model._meta.model_name}")
        for model, field, _ in HOLDERS
        if model._default_manager.filter(**{field: image}).exists()
    )


def uses(image: Image, person: Person) -> list[Use]:
    """Where it is used, as far as this person may know of the stories; the last saved first. Three queries."""
    rows = Edition.objects.defer(*Edition.HEAVY).order_by("live_at").prefetch_related("editionimages")
    editions = Prefetch("editions", rows)
    stories = stories_using(image).filter(pk__in=Article.objects.visible_to(person).values("pk"))
    return [_use(article, image) for article in stories.order_by("-saved_at", "-pk").prefetch_related(editions)]


def _use(article: Article, image: Image) -> Use:
    editions = list(article.editions.all())
    shown = [edition for edition in editions if edition.is_live or edition.is_waiting]
    return Use(
        article,
        seen_in(editions),
        tuple(_places(article, image)),
        tuple(edition for edition in shown if any(link.image_id == image.pk for link in edition.editionimages.all())),
    )


def _places(article: Article, image: Image) -> list[str]:
    places: dict[str, list[int | None]] = {
        "lead picture": [article.lead_image_id],
        "spoiler-free picture": [article.safe_image_id],
        "in the body": [*images_in(article.body)],
    }
    return [place for place, pks in places.items() if image.pk in pks]
