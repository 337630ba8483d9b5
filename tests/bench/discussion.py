"""What a page of a discussion of eleven thousand takes beside one of twenty: `make bench-discussion`.

`python -m tests.bench.discussion TABLE`: both are asked for in turn, so that a busy machine is busy for both; of each
stands the median. The exit status is 1 where a page takes more queries, or more than twice the time.
"""

import logging
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from tqdm import tqdm  # noqa: E402

from comments.models import Comment  # noqa: E402
from comments.reading import MORE_REPLIES  # noqa: E402
from tests.comments.test_crowd import DEEP, WIDE, crowd  # noqa: E402
from tests.factories import make_edition  # noqa: E402

ROUNDS, WARM = 40, 5
MOST = 2.0  # times the time of the small one
# Replies to each of two heads: twenty comments in all; and as many as fill one page of replies, which is what a long
# branch is asked for at a time.
FEW, A_PAGE = 9, MORE_REPLIES


@dataclass
class Pair:
    """The same page of a small discussion and of a large one, and what they took."""

    name: str
    small: str
    large: str
    queries: tuple[int, int] = (0, 0)
    times: tuple[float, float] = (0.0, 0.0)

    @property
    def ratio(self) -> float:
        return self.times[1] / self.times[0]

    @property
    def is_good(self) -> bool:
        return self.queries[0] == self.queries[1] and self.ratio <= MOST

    def __str__(self) -> str:
        small, large = (1000 * seconds for seconds in self.times)
        queries = " / ".join(str(number) for number in dict.fromkeys(self.queries))
        return f"| {self.name} | {queries} | {small:.1f} | {large:.1f} | {self.ratio:.2f} |"


def pairs() -> list[Pair]:
    """The pages, with their discussions made."""
    # The first story of all has none before it to lead on to.
    _, few, some, many = (make_edition(headline=name) for name in ("First", "Few", "Some", "Many"))
    crowd(few, deep=FEW, wide=FEW)
    small, large = crowd(some, deep=A_PAGE, wide=A_PAGE), crowd(many)
    last = [Comment.objects.get(root=heads[0], reply_no=number) for heads, number in ((small, A_PAGE), (large, DEEP))]
    connection.cursor().execute("ANALYZE")
    lists = [
        Pair(f"the discussion, {order} first", *(f"/comments/{one.article_id}/?order={order}" for one in (few, many)))
        for order in ("newest", "oldest", "liked")
    ]
    return [
        Pair("the story with its discussion", few.path, many.path),
        *lists,
        Pair(
            "the head of the deep branch, with a page of replies",
            *(heads[0].get_absolute_url() for heads in (small, large)),
        ),
        Pair("the deepest comment of it", *(comment.get_absolute_url() for comment in last)),
        Pair(
            "a page of replies of the wide one",
            f"/comments/c/{small[1].pk}/replies/",
            f"/comments/c/{large[1].pk}/replies/?after={WIDE - 1000}",
        ),
    ]


def measure(pair: Pair) -> None:
    client = Client()
    counts = []
    for url in (pair.small, pair.large):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200, url
        counts.append(len(captured))
    rounds = [(took(client, pair.small), took(client, pair.large)) for _ in range(WARM + ROUNDS)][WARM:]
    small, large = (statistics.median(times) for times in zip(*rounds, strict=True))
    pair.queries, pair.times = (counts[0], counts[1]), (small, large)


def took(client: Client, url: str) -> float:
    begin = time.perf_counter()
    client.get(url)
    return time.perf_counter() - begin


def main(table: Path) -> int:
    logging.disable(logging.WARNING)
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        found = pairs()
        for pair in tqdm(found, unit="page"):
            measure(pair)
    finally:
        teardown_databases(databases, verbosity=0)
    lines = [
        f"| page | queries | small, ms | {DEEP + WIDE + 2:,} comments, ms | ratio |",
        "|---|---:|---:|---:|---:|",
        *map(str, found),
    ]
    text = HEAD.format(database=connection.vendor, rounds=ROUNDS) + "\n".join(lines) + "\n"
    table.write_text(text, encoding="utf-8")
    print(text)
    return 0 if all(pair.is_good for pair in found) else 1


HEAD = """# A discussion of eleven thousand

How long pages of a large discussion take beside those of a small one, as `make bench-discussion` wrote it on
{database}: the view from the request to the answer, by Django’s test client, without a cache; the median of {rounds}
each, asked for in turn. The large one has a branch two thousand deep and a head with nine thousand replies. The small
one has twenty comments; where a page of fifty replies is asked for, it has as many to give. A ratio above 2, or
another number of queries, fails the benchmark. The milliseconds are those of one machine, and of what else it did.

"""

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
