"""Work that nobody should wait for: done by a worker where there is one, else at once, after the commit."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django_q.tasks import async_task


def enqueue(task: Callable[..., object], **details: str | int | float | bool | None) -> None:
    """Have `task(**details)` done once this transaction has committed. It must be safe to repeat.

    With TASKS=worker the order is a row of this very transaction, carried out by `manage.py qcluster` at least
    once and after a failure again, three times in all. Without, it is carried out here, and a failure is logged.
    """
    if settings.TASKS == "worker":
        async_task(f"{task.__module__}.{task.__qualname__}", **details)
    else:
        transaction.on_commit(lambda: task(**details), robust=True)
