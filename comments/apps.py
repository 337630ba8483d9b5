"""The comments app. Signals are connected in newsroom/apps.py, nowhere else."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"
