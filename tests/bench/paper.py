"""A paper to be measured, in the database of the environment: `python -m tests.bench.paper WHERE STORIES READERS`.

So many stories, discussions of 20, 200 and 10,000 comments, a queue for moderators, and readers who are signed in. Into
WHERE it writes as JSON where all that is.
"""

import io
import json
import os
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402
from django_q.models import OrmQ  # noqa: E402

from articles.models import Edition  # noqa: E402
from comments import posting  # noqa: E402
from comments.models import Comment, Discussion  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.factories import make_comment, make_demo, make_edition  # noqa: E402

SIZES = {"few": 20, "some": 200, "many": 10_000, "hot": 200}
HELD, NEWCOMERS_SAY = 60, "I am new here, and this is my word no. {} on it."
EDITIONS, COMMENTS = 1.5, 2.5  # for each story that fills the paper
OFTEN = 200  # stories that are commented on by turns
MONTHS_AGO = timedelta(days=100)


def main(where: Path, stories: int, readers: int) -> None:
    make_demo()
    sizes = {"stories": stories, "editions": int(EDITIONS * stories), "comments": int(COMMENTS * stories)}
    call_command("fill", add=True, verbosity=0, stdout=io.StringIO(), **sizes)
    people = make_readers(readers)
    talked = {name: talked_about(name, count, people) for name, count in SIZES.items()}
    make_queue(talked["few"])
    call_command("tick", stdout=io.StringIO())
    # Pictures' files: nobody will ask for them.
    OrmQ.objects.all().delete()
    # PostgreSQL does that by itself, some minutes later.
    connection.cursor().execute("SET statement_timeout = 0")
    connection.cursor().execute("VACUUM ANALYZE")
    where.write_text(json.dumps(addresses(talked, people)))


def addresses(talked: dict[str, Edition], people: list[User]) -> dict[str, Any]:
    """Where what is measured stands, and the session keys of those who ask for it."""
    quiet = Edition.objects.live().exclude(pk__in=[edition.pk for edition in talked.values()]).newest_first()
    often = islice((edition.article_id for edition in quiet if posting.open_for(edition).is_open), OFTEN)
    edith, mo = sign_in([User.objects.get(username=name) for name in ("edith", "mo")])
    return {
        "stories": Edition.objects.live().count(),
        "pages": {name: edition.path for name, edition in talked.items()},
        "section": f"/{talked['few'].section.slug}/",
        "hot": [talked["hot"].article_id],
        "often": list(often),
        "edit": f"/admin/articles/article/{talked['few'].article_id}/change/",
        "editor": edith,
        "moderator": mo,
        "readers": sign_in(people),
    }


def make_readers(count: int) -> list[User]:
    """People who joined long ago."""
    joined = timezone.now() - MONTHS_AGO
    people = [
        User(username=f"bench-{n}", email=f"bench-{n}@example.com", password=f"!{n}", date_joined=joined)
        for n in range(count)
    ]
    return User.objects.bulk_create(people)


def sign_in(people: Iterable[User]) -> list[str]:
    """The key of a session of each."""
    store, ends = SessionStore(), timezone.now() + timedelta(days=1)
    rows = []
    for person in people:
        said = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            # When, and how: who signed in just now is not asked for the password again.
            "account_authentication_methods": [{"method": "password", "at": time.time(), "username": person.username}],
        }
        rows.append(Session(session_key=get_random_string(32), session_data=store.encode(said), expire_date=ends))
    return [row.session_key for row in Session.objects.bulk_create(rows)]


# --- Discussions ---------------------------------------------------------------------------------------


def talked_about(name: str, count: int, people: list[User]) -> Edition:
    """A new story with the words and the pictures of one of the demo's, and so many comments under it."""
    longest = max(Edition.objects.live().filter(section__slug="tv"), key=lambda edition: len(edition.article.body))
    fields = vars(longest.article.draft) | {"headline": f"The story with {count:,} comments ({name})"}
    edition = make_edition(**fields | {"slug": f"bench-{name}", "printed_at": None})
    talk(posting.open_for(edition), count, people)
    return edition


def talk(discussion: Discussion, count: int, people: list[User]) -> None:
    """Fill a discussion that is empty: of five comments two begin a thread, two answer these, one answers an answer."""
    said = words(discussion, people)
    heads = Comment.objects.bulk_create(islice(said, 2 * count // 5))
    answers = Comment.objects.bulk_create(replies(said, heads, 2 * count // 5, heads))
    Comment.objects.bulk_create(replies(said, answers, count - len(heads) - len(answers), heads))
    Comment.objects.bulk_update(heads, ["branch_size", "shown_replies"], batch_size=500)
    Discussion.objects.filter(pk=discussion.pk).update(seq=count, shown_count=count, last_at=timezone.now())


def words(discussion: Discussion, people: list[User]) -> Iterator[Comment]:
    """One comment after another, a minute apart, in the words of the demo's readers; not saved."""
    bodies = cycle(Comment.objects.shown().exclude(author__in=people).order_by("pk").values_list("body", flat=True))
    began = timezone.now() - timedelta(days=14)
    for number, (body, author) in enumerate(zip(bodies, cycle(people), strict=False), start=1):
        at = began + timedelta(minutes=number)
        key = uuid.uuid4()
        comment = Comment(discussion=discussion, author=author, seq=number, client_key=key, posted_at=at, state="shown")
        comment.like_count = number % 7
        posting.write(comment, posting.Words(body))
        yield comment


def replies(said: Iterator[Comment], parents: list[Comment], count: int, heads: list[Comment]) -> Iterator[Comment]:
    """So many answers, some parents answered more than others."""
    by_key = {head.pk: head for head in heads}
    for number, comment in enumerate(islice(said, count)):
        comment.parent = parents[number * number % len(parents)]
        comment.root = by_key[comment.parent.root_id or comment.parent.pk]
        comment.root.branch_size += 1
        comment.root.shown_replies += 1
        comment.reply_no = comment.root.branch_size
        yield comment


def make_queue(edition: Edition) -> None:
    """Words of newcomers, which wait for a moderator."""
    for number in range(HELD):
        newcomer = User.objects.create(username=f"bench-new-{number}", email=f"bench-new-{number}@example.com")
        make_comment(edition, by=newcomer, body=NEWCOMERS_SAY.format(number))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
