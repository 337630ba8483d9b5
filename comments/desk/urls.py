"""Addresses of the desk."""

from django.urls import path

from .queue import approve, keep, queue, reject, reported

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("reported/", reported, name="reported"),
    path("comments/<int:pk>/keep/", keep, name="keep"),
    path("comments/<int:pk>/approve/", approve, name="approve"),
    path("comments/<int:pk>/reject/", reject, name="reject"),
]
