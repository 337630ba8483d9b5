"""Uploads in processes of their own: two with the same file at once, and one that is killed in the middle."""

import io
import signal
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Pillow

from articles.images.renditions import GIVEN_UP_AFTER, complete, lacking, needed
from articles.models import Image
from tests.factories import picture_bytes
from tests.processes import start

pytestmark = pytest.mark.django_db(transaction=True)

UPLOAD = """
from pathlib import Path
from articles.images.intake import admit
with Path({path!r}).open("rb") as file:
    print("ready", flush=True)
    {wait}
    image, is_new = admit(file, title="A still")
print(image.pk, is_new)
"""
# The process ends where a file is written but has not got its name yet, for the nth time.
KILLED = """
import os, signal
replace, count = os.replace, iter(range(99))
def last_words(*names):
    if next(count) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(*names)
os.replace = last_words
"""


@pytest.fixture
def photo(tmp_path) -> str:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture_bytes("JPEG", (1800, 1200)))
    return str(path)


def files() -> set[str]:
    root = settings.MEDIA_ROOT
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_the_same_file_from_two_processes_at_once_is_one_picture_and_one_set_of_files(photo, tmp_path):
    gate = tmp_path / "gate"
    wait = f"import time; [time.sleep(0.001) for _ in iter(Path({str(gate)!r}).exists, True)]"
    both = [start(UPLOAD.format(path=photo, wait=wait)) for _ in range(2)]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    gate.touch()
    said = sorted(process.communicate(timeout=60)[0].split() for process in both)
    image = Image.objects.get()
    assert said == [[str(image.pk), "False"], [str(image.pk), "True"]]
    complete(image)
    assert files() == set(image.file_names)


# The original, the smallest file, then in the task that follows: its first file and a later one.
@pytest.mark.parametrize("at", [0, 1, 2, 9])
def test_killed_in_the_middle_it_leaves_no_half_picture_behind_a_row(photo, at):
    process = start(KILLED.format(at=at) + UPLOAD.format(path=photo, wait=""))
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    for name in files():
        if not name.endswith(".part"):
            with default_storage.open(name) as file, Pillow.open(file) as picture:
                picture.load()
    assert Image.objects.count() == (at > 1)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("sweep_files", stdout=io.StringIO())
    assert not any(name.endswith(".part") for name in files())
    image = Image.objects.first()
    assert files() <= set(image.file_names if image else ())
    # What the killed process had begun nobody else makes for a minute.
    with time_machine.travel(timezone.now() + GIVEN_UP_AFTER * 2):
        assert all(needed(image, rung.name) for rung in (lacking(image) if image else ()))


def test_what_is_younger_than_a_day_may_still_become_a_picture(photo):
    start(KILLED.format(at=1) + UPLOAD.format(path=photo, wait="")).communicate(timeout=60)
    before = files()
    assert before
    call_command("sweep_files", stdout=(out := io.StringIO()))
    assert "removed 0 files" in out.getvalue()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("sweep_files", "--dry-run", stdout=(out := io.StringIO()))
        assert set(out.getvalue().split()) > before
        assert files() == before
        call_command("sweep_files", stdout=io.StringIO())
    assert files() == set()
