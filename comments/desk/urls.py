"""Addresses of the desk."""

from django.urls import path

from .one import one, undo
from .queue import approve, keep, queue, reject, reported

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("reported/", reported, name="reported"),
    path("comments/<int:pk>/", one, name="comment"),
    path("decisions/<int:pk>/undo/", undo, name="undo"),
    path("comments/<int:pk>/keep/", keep, name="keep"),
    path("comments/<int:pk>/approve/", approve, name="approve"),
    path("comments/<int:pk>/reject/", reject, name="reject"),
]
