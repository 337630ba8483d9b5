"""Making pictures' public files: `manage.py renditions`, for those that lack some, or with --all for every one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from ...images.intake import discard_folder
from ...images.renditions import complete, original_of
from ...models import Image


class Command(BaseCommand):
    help = "Make the files that pages show of pictures, from the originals. Stop it when you like, and start it again."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_true", help="Pictures that lack a file; so without an option.")
        which.add_argument("--all", action="store_true", help="Every picture, its files thrown away first.")

    def handle(self, *args: Any, **options: Any) -> None:
        before, lost = Image.objects.count(), []
        for image in tqdm(Image.objects.iterator(chunk_size=100), total=before, unit=" pictures", disable=None):
            if options["all"] and original_of(image):
                discard_folder(image.folder)
            if not complete(image):
                lost.append(image)
        for image in lost:
            self.stderr.write(f"{image.pk} “{image}”: its original is gone.")
        self.stdout.write(f"{before - len(lost)} of {before} pictures have all their files.")
