"""What pages take of a paper a hundred times as large: `make bench-growth`.

`python -m tests.bench.growth TABLE [SMALL LARGE]`: every page is asked for in turn of a small paper and of a large one,
uncached, so that a busy machine is busy for both; then every query of the large one is explained. With the names of two
databases that `fill` has filled, those are measured, and left as they are. The exit status is 1 where a page takes more
than a fifth more, or other queries, or reads too much.
"""

import logging
import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from django.test.utils import (  # noqa: E402
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from tqdm import tqdm  # noqa: E402

from .explained import LARGE_TABLE, MOST_ROWS, Explained, explained  # noqa: E402
from .pages import Page, pages  # noqa: E402
from .taken import Taken, client_of, taken  # noqa: E402

SMALL = {"stories": 2_000, "editions": 3_000, "comments": 5_000}
LARGE = {"stories": 200_000, "editions": 300_000, "comments": 1_000_000}
ROUNDS, WARM = 7, 2
MOST = 1.2  # times what the small one takes
# What is so little that a fifth of it is noise: milliseconds.
NOISE = 2.0
KEPT = "`python -m tests.bench.growth docs/growth.md SMALL LARGE` (two databases that `fill` had filled before)"
UNCACHED = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


class Sheet:
    """A page of both papers, what each round of it took, and what the database did for that of the large one."""

    def __init__(self, small: Page, large: Page) -> None:
        self.pages = (small, large)
        self.rounds: tuple[list[Taken], list[Taken]] = ([], [])
        self.explained: list[Explained] = []

    def medians(self, which: int) -> tuple[float, float]:
        """Milliseconds of the processor, and of the database."""
        rounds = self.rounds[which][WARM:]
        return statistics.median(one.cpu for one in rounds), statistics.median(one.sql for one in rounds)

    @property
    def sums(self) -> list[float]:
        return [statistics.median(one.cpu + one.sql for one in rounds[WARM:]) for rounds in self.rounds]

    @property
    def queries(self) -> list[int]:
        return list(dict.fromkeys(rounds[-1].queries for rounds in self.rounds))

    @property
    def problems(self) -> list[str]:
        (small, large), name = self.sums, self.pages[1].name
        if failed := {one.status for rounds in self.rounds for one in rounds} - {200}:
            return [f"{name}: answers {failed}"]
        found = [f"{name}: {text}" for one in self.explained for text in one.problems]
        if large > MOST * small and large - small > NOISE:
            found.append(f"{name}: {large / small:.2f} times the time")
        rows = sum(one.rows for one in self.explained)
        if rows > MOST_ROWS:
            found.append(f"{name}: {rows:,} rows read")
        return found

    def __str__(self) -> str:
        (cpu, sql), (more_cpu, more_sql), (small, large) = self.medians(0), self.medians(1), self.sums
        queries = " / ".join(map(str, self.queries))
        times = f"{cpu:.1f} + {sql:.1f} | {more_cpu:.1f} + {more_sql:.1f}"
        return f"| {self.pages[1].name} | {times} | {large / small:.2f} | {queries} |"

    @property
    def plan(self) -> str:
        """The query that reads most."""
        most = max(self.explained, key=lambda one: (one.rows, one.milliseconds))
        rows = sum(one.rows for one in self.explained)
        return (
            f"| {self.pages[1].name} | {most.what} | {most.by} | {most.rows:,} | {most.milliseconds:.1f} | {rows:,} |"
        )


@contextmanager
def in_database(one: BaseDatabaseWrapper) -> Iterator[None]:
    """Have everything asked of this database meanwhile."""
    usual = connections["default"]
    connections["default"] = one
    try:
        yield
    finally:
        connections["default"] = usual


def opened(name: str) -> BaseDatabaseWrapper:
    """A connection of its own to the database of this name, on the same server."""
    one = connections.create_connection("default")
    one.settings_dict = one.settings_dict | {"NAME": name}
    return one


def filled(one: BaseDatabaseWrapper, sizes: dict[str, int]) -> BaseDatabaseWrapper:
    with in_database(one):
        call_command("fill", **sizes)
    return one


def measured(both: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]) -> list[Sheet]:
    """All pages, each in turn of both, round after round."""
    found, clients = [], []
    for one in both:
        with in_database(one):
            found.append(pages())
            clients.append(client_of())
    sheets = [Sheet(small, large) for small, large in zip(*found, strict=True)]
    for sheet in tqdm(sheets, unit="page"):
        for _ in range(WARM + ROUNDS):
            for one, page, client, rounds in zip(both, sheet.pages, clients, sheet.rounds, strict=True):
                with in_database(one):
                    rounds.append(taken(client, page))
        with in_database(both[1]):
            sheet.explained = explained(clients[1], sheet.pages[1])
        tqdm.write(str(sheet))
    return sheets


@override_settings(CACHES=UNCACHED)
def main(table: Path, *kept: str) -> int:
    logging.disable(logging.ERROR)
    setup_test_environment(debug=False)
    sheets = measured((opened(kept[0]), opened(kept[1]))) if kept else measured_anew()
    problems = [f"- {problem}" for sheet in sheets for problem in sheet.problems]
    how = KEPT if kept else "`make bench-growth`"
    head = HEAD.format(how=how, small=SMALL, large=LARGE, rounds=ROUNDS, noise=NOISE)
    lines = [head, *map(str, sheets), "", PLANS, *(sheet.plan for sheet in sheets)]
    lines += ["", "## What fails", "", *(problems or ["Nothing."])]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(table.read_text(encoding="utf-8"))
    return 1 if problems else 0


def measured_anew() -> list[Sheet]:
    """All pages of two papers that are made for it and are gone afterwards."""
    databases = setup_databases(verbosity=0, interactive=False)
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.creation.clone_test_db(suffix="large", verbosity=0)
    large = opened(f"{name}_large")
    try:
        return measured((filled(connections["default"], SMALL), filled(large, LARGE)))
    finally:
        large.close()
        connection.creation.destroy_test_db(suffix="large", verbosity=0, keepdb=False)
        teardown_databases(databases, verbosity=0)


HEAD = """# A paper a hundred times as large

What pages take of a paper of {small[stories]:,} stories, {small[editions]:,} editions and {small[comments]:,} comments
and of one of {large[stories]:,}, {large[editions]:,} and {large[comments]:,}, as {how} wrote it on
PostgreSQL: milliseconds of the web process’s processor + of the database, by Django’s test client, without a cache; the
median of {rounds} rounds each, asked for in turn. Both papers publish a story an hour: the large one is older. A page
that takes a fifth more of the large one (and {noise:.0f} ms) fails the benchmark. The milliseconds are those of one
machine, and of what else it did.

| page | small, ms | large, ms | ratio | queries |
|---|---:|---:|---:|---:|"""
PLANS = f"""## What the database reads

Of each page’s queries of the large paper the one that reads most, as `EXPLAIN (ANALYZE, BUFFERS)` tells it: rows of
tables and entries of indexes, those left out included. The last column is what all queries of the page read. A page
that reads a table of more than {LARGE_TABLE:,} rows from end to end, or more than {MOST_ROWS:,} rows in all, fails
the benchmark.

| page | query of | by | rows | ms | rows of all |
|---|---|---|---:|---:|---:|"""

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
