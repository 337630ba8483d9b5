"""Import stories as they come in plain text: `manage.py import_story FILE ... [--publish]`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.editing import own_byline
from articles.models import Section

from ...models import User
from ...moving.story_text import Unreadable
from ...moving.wire import Outcome, Wish, author_named, import_file


class Command(BaseCommand):
    """Each bad file is named with its reason; the others go on; the exit status is then 1."""

    help = "Import plain-text stories. The same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--section", default="", help="the section's slug (default: news)")
        parser.add_argument("--headline", default="", help="instead of the first sentence; for one file")
        parser.add_argument("--author", default="", help="the name in the byline")
        parser.add_argument("--by", default="", help="the user name of the acting editor")
        parser.add_argument("--publish", action="store_true", help="publish at once")

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = options["files"]
        if options["headline"] and len(files) > 1:
            raise CommandError("--headline is for one file.")
        wish = wish_from(options)
        failed = 0
        for path in tqdm(files, unit="story", file=sys.stderr, disable=len(files) < 2):
            failed += not self.take(path, wish)
        if failed:
            raise CommandError(f"{failed} of {len(files)} files could not be imported.")

    def take(self, path: Path, wish: Wish) -> bool:
        """Import one file and say what became of it; False when it could not be."""
        try:
            outcome = import_file(path, wish)
        except PermissionDenied as refusal:
            raise CommandError(f"{wish.by.get_username()}: {refusal}") from refusal
        except (Unreadable, OSError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else problem
            self.stderr.write(f"{path}: {reason}")
            return False
        self.stdout.write(f"{path}: {told(outcome)}")
        return True


def told(outcome: Outcome) -> str:
    """What became of a file, in words."""
    live = outcome.article.live_edition
    where = f"at {live.path}" if live else f"as story {outcome.article.pk}, not published"
    return f"imported {where}" if outcome.is_new else f"imported before, {where}; nothing changed"


def wish_from(options: dict[str, Any]) -> Wish:
    """The options with names turned into rows. Raises CommandError."""
    by = acting_editor(options["by"], publish=options["publish"])
    author = author_named(options["author"]) if options["author"] else own_byline(by)
    return Wish(
        by=by,
        section=section_named(options["section"]),
        author=author or author_named(settings.SITE_NAME),
        headline=options["headline"],
        publish=options["publish"],
    )


def acting_editor(username: str, *, publish: bool) -> User:
    """The named user or, with no name, the first who may do it."""
    if username:
        named = User.objects.filter(username=username, is_active=True).first()
        if named is None:
            raise CommandError(f"There is no active user “{username}”.")
        return named
    right = "articles.publish_article" if publish else "articles.add_article"
    able = User.objects.with_perm(right, backend=settings.AUTHENTICATION_BACKENDS[0])
    first = able.filter(is_active=True, is_staff=True).order_by("-is_superuser", "pk").first()
    if first is None:
        raise CommandError("Nobody here may do this yet. Make an editor, then name them with --by.")
    return first


def section_named(slug: str) -> Section:
    """The section of that slug; none given is News, made if need be."""
    if not slug:
        return Section.objects.get_or_create(slug="news", defaults={"name": "News"})[0]
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        known = ", ".join(Section.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no section “{slug}”. There are: {known}.")
    return section
