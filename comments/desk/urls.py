"""Addresses of the desk."""

from django.urls import path

from .one import one
from .queue import queue, reported
from .ruling import approve, keep, reject, undo

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("reported/", reported, name="reported"),
    path("comments/<int:pk>/", one, name="comment"),
    path("comments/<int:pk>/approve/", approve, name="approve"),
    path("comments/<int:pk>/keep/", keep, name="keep"),
    path("comments/<int:pk>/reject/", reject, name="reject"),
    path("decisions/<int:pk>/undo/", undo, name="undo"),
]
