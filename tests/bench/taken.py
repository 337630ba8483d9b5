"""What one page takes: of the processor, and of the database."""

import time
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

from newsroom.models import User

from .pages import ROLES, Page

# By whom a page is asked for; nobody in particular for "".
Clients = dict[str, Client]


@dataclass
class Taken:
    """Milliseconds of this process’s processor outside queries, and from the beginning to the end of queries."""

    cpu: float = 0.0
    sql: float = 0.0
    queries: int = 0
    status: int = 200

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        began, cpu = time.perf_counter(), time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            self.sql += 1000 * (time.perf_counter() - began)
            self.cpu -= 1000 * (time.process_time() - cpu)
            self.queries += 1


def client_of() -> Clients:
    clients = {"": Client(raise_request_exception=False)}
    for role in ROLES:
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(User.objects.get(username=f"{role}-1"))
    return clients


def taken(clients: Clients, page: Page) -> Taken:
    found = Taken()
    with connection.execute_wrapper(found.watch):
        began = time.process_time()
        answer = clients[page.by].get(page.url)
        found.cpu += 1000 * (time.process_time() - began)
    found.status = answer.status_code
    return found
