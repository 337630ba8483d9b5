"""What the database does for a page's queries: by which indexes, and how many rows it reads."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from .pages import Page
from .taken import Clients

LARGE_TABLE = 10_000
MOST_ROWS = 10_000
TABLE = re.compile(r'FROM "(\w+)"')
# What each node says of rows that it has read and left out.
LEFT_OUT = ("Rows Removed by Filter", "Rows Removed by Index Recheck")


@dataclass
class Explained:
    """One query: what it is of, the indexes it goes by, the rows it reads, and what is wrong with that."""

    what: str
    sql: str
    milliseconds: float
    rows: int = 0
    indexes: dict[str, None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def by(self) -> str:
        return ", ".join(self.indexes) or "–"


def explained(clients: Clients, page: Page) -> list[Explained]:
    """Each question that the page asks, explained as it is asked."""
    asked: list[tuple[str, Any]] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip("( ").startswith(("SELECT", "WITH")):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        clients[page.by].get(page.url)
    return [explain(sql, params) for sql, params in asked]


def explain(sql: str, params: Any) -> Explained:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
    whole = (json.loads(told) if isinstance(told, str) else told)[0]
    table = TABLE.search(sql)
    found = Explained(table[1] if table else "–", sql, whole["Execution Time"])
    for node in nodes(whole["Plan"]):
        loops = node["Actual Loops"]
        rows = sum(node.get(name, 0) for name in LEFT_OUT)
        kind = node["Node Type"]
        if kind in {"Index Scan", "Index Only Scan", "Bitmap Index Scan", "Seq Scan"}:
            rows += node["Actual Rows"]
        found.rows += round(rows * loops)
        if loops and "Index Name" in node:
            found.indexes[node["Index Name"]] = None
        if loops and kind == "Seq Scan" and size_of(node["Relation Name"]) > LARGE_TABLE:
            found.problems.append(f"all of {node['Relation Name']} is read")
    return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def size_of(table: str) -> float:
    """How many rows the planner believes in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", [f'"{table}"'])
        return cursor.fetchone()[0]
