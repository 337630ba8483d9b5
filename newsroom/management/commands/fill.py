"""A large paper to measure with: `manage.py fill` writes 200,000 stories and a million comments into PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.models import Article

from ...filling import Sizes, TooFew, analyze, fill


class Command(BaseCommand):
    help = "Fill a PostgreSQL database with a large paper made by chance. Not while anybody writes there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Sizes()
        parser.add_argument("--stories", type=int, default=usual.stories, help="(default: %(default)s)")
        parser.add_argument("--editions", type=int, default=usual.editions, help="of all stories (%(default)s)")
        parser.add_argument("--comments", type=int, default=usual.comments, help="on all stories (%(default)s)")
        parser.add_argument("--seed", type=int, default=usual.seed, help="another paper of the same size")
        parser.add_argument("--add", action="store_true", help="add to the stories that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("This writes by PostgreSQL's COPY: set DATABASE_URL to a PostgreSQL database.")
        if Article.objects.exists() and not options["add"]:
            raise CommandError("There are stories already. With --add these would come beside them.")
        sizes = Sizes(**{name: options[name] for name in ("stories", "editions", "comments", "seed")})
        try:
            fill(sizes, is_quiet=options["verbosity"] == 0)
        except TooFew as problem:
            raise CommandError(str(problem)) from problem
        analyze()
        self.stdout.write(
            f"Written: {sizes.stories:,} stories, {sizes.editions:,} editions, {sizes.comments:,} comments."
        )
