"""Making pictures' renditions: `manage.py renditions`, for those that lack some, or with --all for every one."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser

from ...images.library import renew
from ...models import Image


class Command(BaseCommand):
    help = "Make the files that pages show of pictures, from the originals; stories that show them are compiled anew."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_true", help="Pictures that lack a file; so without an option.")
        which.add_argument("--all", action="store_true", help="Every picture, its files thrown away first.")

    def handle(self, *args: Any, **options: Any) -> None:
        images = [image for image in Image.objects.all() if options["all"] or lacks_a_file(image)]
        failed = []
        for number, image in enumerate(images, start=1):
            if not renew(image, afresh=options["all"]):
                failed.append(image)
            self.stdout.write(f"\r{number} of {len(images)}", ending="")
            self.stdout.flush()
        self.stdout.write(f"\n{len(images) - len(failed)} made" if images else "Every picture has its files.")
        for image in failed:
            self.stderr.write(f"{image.pk} “{image}”: its original is gone.")


def lacks_a_file(image: Image) -> bool:
    return not image.is_complete or not all(default_storage.exists(name) for name in image.rendition_names)
