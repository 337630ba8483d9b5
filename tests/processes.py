"""Other processes on the database and the media of the test that is running, to be raced with and to be killed."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection


def environment(**more: str) -> dict[str, str]:
    """The site's settings for another process, with this test's data."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        database = f"sqlite:///{name}"
    else:
        server, _, query = os.environ["TEST_DATABASE_URL"].partition("?")
        database = f"{server.rpartition('/')[0]}/{name}?{query}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": database,
        "DATA_DIR": os.environ["DATA_DIR"],
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "1",
        **more,
    }


def start(program: str, **more: str) -> subprocess.Popen[str]:
    """A process that runs these lines with the site set up."""
    lines = f"import django\ndjango.setup()\n{program}"
    return subprocess.Popen(
        [sys.executable, "-c", lines], cwd=settings.BASE_DIR, env=environment(**more), text=True, stdout=subprocess.PIPE
    )


def manage(*words: str, **more: str) -> subprocess.Popen[str]:
    """A command of manage.py that goes on while the test does."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=environment(**more), text=True
    )
