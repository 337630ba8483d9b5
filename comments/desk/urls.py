"""Addresses of the desk."""

from django.urls import path

from .queue import approve, queue, reject

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("comments/<int:pk>/approve/", approve, name="approve"),
    path("comments/<int:pk>/reject/", reject, name="reject"),
]
