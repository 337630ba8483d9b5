"""The editors' place: a module per page."""

from . import article, audit, image, notes_list, taxonomy  # noqa: F401
