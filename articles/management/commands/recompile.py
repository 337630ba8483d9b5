"""Derive editions anew from their sources: `manage.py recompile [--article ID ...] [--all]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...cutting import recompile
from ...models import Edition


class Command(BaseCommand):
    help = "Compile editions again: those readers have or will have, or with --all every one. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--article", type=int, action="append", metavar="ID", help="only this story's")
        parser.add_argument("--all", action="store_true", help="past editions too")

    def handle(self, *args: Any, **options: Any) -> None:
        editions = Edition.objects.all() if options["all"] else Edition.objects.filter(past=False)
        if options["article"]:
            editions = editions.filter(article__in=options["article"])
        self.stdout.write(f"recompiled {recompile(editions)} editions")
