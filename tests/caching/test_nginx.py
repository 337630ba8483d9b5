"""The site behind nginx with the files of deploy/: what nginx shows for the site, and what it never keeps."""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.conftest import skip_or_fail
from tests.services import Missing, site
from tests.services.site import HOST, ROOT, manage, production

# It has a database of its own: once is enough.
pytestmark = pytest.mark.postgres
CAST = (
    "from articles.models import Section; from newsroom.models import User; "
    "Section.objects.create(name='TV', slug='tv'); "
    "User.objects.create(username='chief', is_staff=True, is_superuser=True)"
)
TAKE = (
    "from articles import publishing; from articles.models import Article; from newsroom.models import User; "
    "by, story = User.objects.get(), Article.objects.get(); "
    "publishing.{verb}(story, version=story.version, by=by, note='Wrong.')"
)
HEADLINE, TEXT = "A ferry that never came in", "It was seen off the head at ten.\n\nNobody has seen it since.\n"
STORY = "/tv/a-ferry-that-never-came-in/"


@pytest.fixture
def port(tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A small paper with one story, behind nginx."""
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setenv("CACHE_URL", redis_url)
    monkeypatch.setattr(site, "production", lambda data: production(data, CACHE_URL=redis_url))
    (tmp_path / "story.txt").write_text(TEXT)
    environment = production(tmp_path, CACHE_URL=redis_url)
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "shell", "-c", CAST)
    words = ["--publish", "--section", "tv", "--author", "Wire Desk", "--by", "chief", "--headline", HEADLINE]
    manage(environment, "import_story", str(tmp_path / "story.txt"), *words)
    try:
        with site.site(tmp_path) as found:
            yield found
    except Missing as missing:
        skip_or_fail(missing)


def get(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    line = HTTPConnection(HOST)
    line.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 10), server_hostname=HOST)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer, body


def test_nginx_shows_pages_while_the_site_is_away_and_keeps_nothing_of_anybodys_own(port: int, tmp_path: Path) -> None:
    answer, whole = get(port, STORY)
    assert (answer.status, b"seen off the head" in whole) == (200, True)
    assert "s-maxage=1" in answer.headers["Cache-Control"]
    for asked, given in (("gzip, deflate", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip")):
        packed, body = get(port, STORY, **{"Accept-Encoding": asked})
        assert (packed.headers["Content-Encoding"], len(body) < len(whole)) == (given, True), asked
    known, nothing = get(port, STORY, **{"If-None-Match": answer.headers["ETag"]})
    assert (known.status, nothing) == (304, b"")
    first, second = (get(port, "/accounts/login/")[0].headers["Set-Cookie"] for _ in range(2))
    assert first != second
    shell(tmp_path, TAKE.format(verb="unpublish"))
    time.sleep(2.1)
    get(port, STORY)
    time.sleep(0.2)
    assert get(port, STORY)[0].status == 404
    shell(tmp_path, TAKE.format(verb="bring_back"))
    assert get(port, STORY)[0].status == 200
    subprocess.run(["pkill", "-9", "-f", f"{tmp_path}/gunicorn.sock"], check=True)
    time.sleep(1.2)
    assert get(port, STORY)[1] == whole
    assert get(port, "/accounts/login/")[0].status == 502


def shell(data: Path, script: str) -> None:
    environment = {**production(data), "CACHE_URL": os.environ["CACHE_URL"]}
    subprocess.run([sys.executable, "manage.py", "shell", "-c", script], cwd=ROOT, env=environment, check=True)
