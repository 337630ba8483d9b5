"""What a draft's ids stand for, loaded in four queries whatever their number."""

from ..draft import Draft
from ..story import Parts
from .image import Image
from .people import Author
from .taxonomy import Section, Topic


def parts_of(draft: Draft) -> Parts:
    """Names, paths and picture of a draft; what no longer exists is left out."""
    section = Section.objects.filter(pk=draft.section).first() if draft.section else None
    topics = Topic.objects.in_bulk(draft.topics)
    authors = Author.objects.in_bulk({part.author for part in draft.bylines})
    image = Image.objects.filter(pk=draft.lead_image).first() if draft.lead_image else None
    return Parts(
        section=section.link if section else None,
        topics=tuple(topics[pk].link for pk in draft.topics if pk in topics),
        bylines=tuple(authors[part.author].credit(part.role) for part in draft.bylines if part.author in authors),
        picture=image.picture if image else None,
    )
