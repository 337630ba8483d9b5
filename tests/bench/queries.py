"""How many queries pages take: `python -m tests.bench.queries` reads addresses and session keys as JSON, says counts.

Each page is asked for once before: what a process asks once in its life is not counted, and a cache has the page.
"""

import json
import os
import sys
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests.services.site import HOST  # noqa: E402


def queries_of(path: str, session: str, *, posts: bool) -> int:
    """For one request; a comment is posted in words that were never said before."""
    client = Client(headers={"host": HOST, "x-forwarded-proto": "https", "x-forwarded-for": "10.9.9.9"})
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    ask(client, path, posts=posts)
    with CaptureQueriesContext(connection) as captured:
        ask(client, path, posts=posts)
    return len(captured)


def ask(client: Client, path: str, *, posts: bool) -> None:
    if posts:
        form = {"key": str(uuid.uuid4()), "body": " ".join(uuid.uuid4().hex for _ in range(4))}
        answer = client.post(path, form, headers={"accept": "application/json"})
    else:
        answer = client.get(path)
    assert answer.status_code in (200, 201), (path, answer.status_code, answer.content[:300])
    b"".join(answer) if answer.streaming else answer.content


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump([queries_of(page["path"], page["session"], posts=page["posts"]) for page in asked], sys.stdout)
