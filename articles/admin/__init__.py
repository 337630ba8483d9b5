"""The editors' place: a module per page."""

from . import article, image, taxonomy  # noqa: F401
