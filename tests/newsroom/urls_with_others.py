"""The map of the site as it is where readers may sign in at other companies."""

from newsroom.pages import elsewhere
from newsroom.urls import handler404
from newsroom.urls import urlpatterns as ours

__all__ = ["handler404", "urlpatterns"]

urlpatterns = [*elsewhere.URLS, *ours]
