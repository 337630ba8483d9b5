"""What the database takes for a page of the desk with a million comments: `make bench-desk`.

`python -m tests.bench.desk TABLE`: each page is asked for with a hundred comments and then with all of them. The exit
status is 1 where it takes more queries then, or more than a tenth of a second of the database.
"""

import logging
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from articles.models import Edition  # noqa: E402
from comments.models import Comment, Discussion, Report, Watch  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.factories import make_comment, make_edition, make_section, mo, rosa  # noqa: E402

FEW, MANY, HELD = 100, 1_000_000, 5_000
STORIES, PEOPLE, REPORTS = 100, 5_000, 20_000
ROUNDS, WARM = 9, 2
MOST = 100.0  # milliseconds of SQL

# A row like the one that is there, for each number: held for every 200th, looked at by a moderator for every third.
FILL = {
    "discussion_id": "(%(discussions)s::bigint[])[1 + n %% cardinality(%(discussions)s::bigint[])]",
    "author_id": "(%(people)s::bigint[])[1 + n %% cardinality(%(people)s::bigint[])]",
    "seq": "n + 10",
    "client_key": "gen_random_uuid()",
    "body": "'I waited for the ' || (ARRAY['ferry', 'train', 'bus', 'boat'])[1 + n %% 4] || ' no. ' || n",
    "state": "CASE WHEN n %% %(every)s = 0 THEN 'held' WHEN n %% 50 = 1 THEN 'rejected' ELSE 'shown' END",
    "severity": "n %% 4",
    "is_flagged": "n %% 1000 = 7",
    "like_count": "CASE WHEN n %% 10 = 3 THEN n %% 97 ELSE 0 END",
    "posted_at": "now() - n * interval '1 minute'",
    "reviewed_at": "CASE WHEN n %% 3 = 0 THEN now() END",
}


@dataclass
class Sheet:
    """A page, how many queries it takes of few and of many comments, and the milliseconds of SQL of many."""

    name: str
    url: str
    queries: list[int] = field(default_factory=list)
    milliseconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.queries[0] >= self.queries[-1] and self.milliseconds <= MOST

    def __str__(self) -> str:
        return f"| {self.name} | {self.queries[-1]} | {self.milliseconds:.1f} |"


SHEETS = [
    Sheet("held", "/desk/"),
    Sheet("held, the part behind the 2,500th", "/desk/?part&after={middle}"),
    Sheet("reported", "/desk/reported/"),
    Sheet("flagged", "/desk/flagged/"),
    Sheet("said to be against the law", "/desk/illegal/"),
    Sheet("pointing to errors", "/desk/errors/"),
    Sheet("popular", "/desk/popular/"),
    Sheet("unreviewed", "/desk/unreviewed/"),
    Sheet("all", "/desk/all/"),
    Sheet("all, a common word", "/desk/all/?q=ferry"),
    Sheet("all, a word of no comment", "/desk/all/?q=zeppelin"),
    Sheet("all, by an author", "/desk/all/?author=bench-77"),
    Sheet("all, by an author, a word", "/desk/all/?author=bench-77&q=ferry"),
    Sheet("all, rejected of a month", "/desk/all/?state=rejected&since={since}&until={until}"),
    Sheet("all, watched", "/desk/all/?watched=on"),
    Sheet("held, under a story", "/desk/?story={story}"),
    Sheet("held, in a section", "/desk/?section={section}"),
]


def insert(first: int, last: int, like: Comment) -> None:
    """Comments with these numbers, like this one but for what FILL says."""
    names = [column.column for column in Comment._meta.concrete_fields if not column.primary_key]
    values = ", ".join(FILL.get(name, f'it."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO comments_comment ({columns}) SELECT {values} FROM comments_comment AS it, "
            "generate_series(%(first)s, %(last)s) AS n WHERE it.id = %(like)s",
            {
                "first": first,
                "last": last,
                "like": like.pk,
                "every": MANY // HELD,
                "discussions": list(Discussion.objects.values_list("pk", flat=True)),
                "people": list(User.objects.filter(email__endswith="@bench.example").values_list("pk", flat=True)),
            },
        )


def report(last: int) -> None:
    """Reports of every 50th comment, most of them answered; of the open ones some say illegal, some error."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO comments_report (comment_id, version, reason, text, weight, at, handled_at, outcome) "
            "SELECT id, 1, (ARRAY['spam', 'abuse', 'illegal', 'error'])[1 + id %% 4], '', 1, now(), "
            "CASE WHEN id %% 100 = 0 THEN NULL ELSE now() END, CASE WHEN id %% 100 = 0 THEN '' ELSE 'kept' END "
            "FROM comments_comment WHERE state = 'shown' AND id %% 50 < 4 ORDER BY id LIMIT %s",
            [last],
        )


@contextmanager
def watched() -> Iterator[list[float]]:
    """The milliseconds of each query in the meantime."""
    took: list[float] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        begin = time.perf_counter()
        result = execute(sql, params, many, context)
        took.append(1000 * (time.perf_counter() - begin))
        return result

    with connection.execute_wrapper(watch):
        yield took


def measure(sheet: Sheet, client: Client, names: dict[str, Any]) -> None:
    url, rounds = sheet.url.format_map(names), []
    for _ in range(WARM + ROUNDS):
        with watched() as took:
            answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        rounds.append(took)
    sheet.queries.append(len(rounds[-1]))
    sheet.milliseconds = statistics.median(sum(took) for took in rounds[WARM:])


def names_now(story: str, size: int) -> dict[str, Any]:
    """What stands in the gaps of the addresses: the middle of the queue, and thirty days in the middle of all."""
    held = list(Comment.objects.awaiting().values_list("pk", flat=True)[:HELD])
    middle = timezone.localdate() - timedelta(minutes=size // 2)
    days = {"since": middle - timedelta(days=30), "until": middle}
    return {"middle": held[len(held) // 2], "story": story, "section": make_section().pk} | days


def main(table: Path) -> int:
    logging.disable(logging.WARNING)
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure_all()
    finally:
        teardown_databases(databases, verbosity=0)
    lines = ["| page | queries | SQL, ms |", "|---|---:|---:|", *map(str, SHEETS)]
    text = HEAD.format(many=MANY, held=HELD, few=FEW, rounds=ROUNDS, most=MOST) + "\n".join(lines) + "\n"
    table.write_text(text, encoding="utf-8")
    print(text)
    return 0 if all(sheet.is_good for sheet in SHEETS) else 1


def watch(editions: list[Edition]) -> None:
    """A story of many comments, and somebody who said few, on the moderator's list."""
    Watch.objects.create(by=mo(), discussion=Discussion.objects.get(article=editions[7].article_id))
    Watch.objects.create(by=mo(), person=User.objects.get(username="bench-77"))


def measure_all() -> None:
    # A million rows take longer than any page may.
    connection.cursor().execute("SET statement_timeout = 0")
    editions = [make_edition(headline=f"Story {number}") for number in tqdm(range(STORIES), unit="story")]
    User.objects.bulk_create(
        User(username=f"bench-{number}", email=f"{number}@bench.example") for number in range(PEOPLE)
    )
    like = make_comment(editions[0], by=rosa())
    for edition in editions[1:]:
        make_comment(edition, by=rosa())
    watch(editions)
    client = Client()
    client.force_login(mo())
    done = 0
    for last in (FEW, MANY):
        insert(done + 1, last, like)
        Report.objects.all().delete()
        report(REPORTS)
        connection.cursor().execute("VACUUM ANALYZE")
        names = names_now(editions[7].path, last)
        for sheet in tqdm(SHEETS, unit="page"):
            measure(sheet, client, names)
        done = last


HEAD = """# The desk with a million comments

What the database takes for a page of the moderators’ desk, as `make bench-desk` wrote it on PostgreSQL: {many:,}
comments, {held:,} of them held, as cards with all that stands on them and the counts of all queues; the median of
{rounds} rounds, by Django’s test client. A page that takes more queries than with {few} comments, or more than
{most:.0f} ms, fails the benchmark. The milliseconds are those of one machine, and of what else it did.

"""

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
