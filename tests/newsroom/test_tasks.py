"""Tasks: what is ordered is done after the commit, at once or by a worker, and never for what did not happen."""

import time

import pytest
from django.db import transaction
from django_q.models import OrmQ

from articles.images.renditions import lacking
from articles.models import Image
from newsroom.lib.tasks import enqueue
from tests.factories import make_picture
from tests.processes import manage

DONE: list[str] = []


def note(*, what: str) -> None:
    DONE.append(what)


def fail() -> None:
    raise OSError("The disk is full.")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    DONE.clear()


@pytest.mark.django_db(transaction=True)
def test_it_is_done_after_the_commit():
    with transaction.atomic():
        enqueue(note, what="x")
        assert DONE == []
    assert DONE == ["x"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tasks", ["at-once", "worker"])
def test_what_was_rolled_back_is_not_done(settings, tasks):
    settings.TASKS = tasks
    with transaction.atomic():
        enqueue(note, what="x")
        transaction.set_rollback(True)
    assert DONE == []
    assert not OrmQ.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_that_fails_fails_nobody_else(caplog):
    with transaction.atomic():
        enqueue(fail)
        enqueue(note, what="x")
    assert DONE == ["x"]
    assert "The disk is full." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_the_files_of_an_upload(settings):
    settings.TASKS = "worker"
    image = make_picture()
    assert lacking(image)
    worker = manage("qcluster", TASKS="worker", TASK_WORKERS="1")
    try:
        until = time.monotonic() + 60
        while not Image.objects.get().is_complete and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(30)
    assert lacking(image) == []
    assert not OrmQ.objects.exists()
