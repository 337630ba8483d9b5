"""The editors' place: a module per page."""

from . import article, audit, errors_page, fronts_page, house_pages, image, notes_list, taxonomy  # noqa: F401
