"""The articles app. Signals are connected in newsroom/apps.py, nowhere else."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
