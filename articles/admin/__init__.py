"""The editors' place: a module per page."""

from . import article, audit, image, taxonomy  # noqa: F401
