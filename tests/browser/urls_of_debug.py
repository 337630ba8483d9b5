"""The map of the site as it is under DEBUG: the style guide is on it."""

from newsroom.pages import styleguide
from newsroom.urls import handler404
from newsroom.urls import urlpatterns as ours

__all__ = ["handler404", "urlpatterns"]

urlpatterns = [*styleguide.URLS, *ours]
