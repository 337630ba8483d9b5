"""What a draft's ids stand for, loaded in four queries whatever their number."""

from collections.abc import Iterable
from dataclasses import replace

from ..body.references import images_in
from ..diff import Names
from ..draft import Draft
from ..story import Parts
from .image import Image
from .people import Author
from .taxonomy import Section, Topic


def parts_of(draft: Draft) -> Parts:
    """Names, paths and pictures of a draft; what no longer exists is left out."""
    section = Section.objects.select_related("stand_in").filter(pk=draft.section).first() if draft.section else None
    topics = Topic.objects.in_bulk(draft.topics)
    authors = Author.objects.in_bulk({part.author for part in draft.bylines})
    in_body = images_in(draft.body)
    images = Image.objects.in_bulk({pk for pk in (draft.lead_image, draft.safe_image, *in_body) if pk})
    pictures = {pk: image.picture for pk, image in images.items()}
    return Parts(
        section=section.link if section else None,
        topics=tuple(topics[pk].link for pk in draft.topics if pk in topics),
        bylines=tuple(authors[part.author].credit(part.role) for part in draft.bylines if part.author in authors),
        picture=pictures.get(draft.lead_image or 0),
        safe_picture=pictures.get(draft.safe_image or 0),
        stand_in=section.stand_in.picture if section and section.stand_in else None,
        images={pk: pictures[pk] for pk in in_body if pk in pictures},
    )


def names_of(*drafts: Draft) -> Names:
    """The names of everything these drafts point at, for comparing them."""
    authors = {part.author for draft in drafts for part in draft.bylines}
    return Names(
        section=_named(Section, {draft.section for draft in drafts}),
        topics=_named(Topic, {pk for draft in drafts for pk in draft.topics}),
        bylines=_named(Author, authors),
        images=_named(Image, {pk for draft in drafts for pk in (draft.lead_image, draft.safe_image)}),
    )


def surviving(draft: Draft) -> Draft:
    """An old draft without what no longer exists, so that it can be saved or published again."""
    names = names_of(draft)
    return replace(
        draft,
        section=draft.section if draft.section in names.section else None,
        topics=tuple(pk for pk in draft.topics if pk in names.topics),
        bylines=tuple(part for part in draft.bylines if part.author in names.bylines),
        lead_image=draft.lead_image if draft.lead_image in names.images else None,
        safe_image=draft.safe_image if draft.safe_image in names.images else None,
    )


def _named(
    model: type[Section] | type[Topic] | type[Author] | type[Image], pks: Iterable[int | None]
) -> dict[int, str]:
    found = model._default_manager.in_bulk({pk for pk in pks if pk})
    return {pk: str(row) for pk, row in found.items()}
