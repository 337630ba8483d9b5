"""A folder of media in which a file is there whole or not at all."""

import os
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

# What a file is called until it is whole; whatever was killed or ran out of room leaves at most such a file.
PART = ".part"


class WholeFiles(FileSystemStorage):
    """Writes under another name, and gives a file its own once every byte of it is on the disk.

    A file of the same name is replaced: two who write the same at once leave one file, not two.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_overwrite": True, **kwargs})

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{get_random_string(12)}{PART}"
        try:
            super()._save(part, content)  # type: ignore[misc]
            with open(self.path(part), "rb") as written:
                os.fsync(written.fileno())
            os.replace(self.path(part), self.path(name))
        except BaseException:
            self.delete(part)
            raise
        return name
