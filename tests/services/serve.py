"""The site on this machine as in production: `make serve`, or `python -m tests.services.serve [PORT]`.

PostgreSQL and Redis of its own unless DATABASE_URL and CACHE_URL name others, gunicorn with deploy/gunicorn.conf.py,
the worker, and a tick a minute; Ctrl-C ends them together. What is written lies in var/serve/ and is there the next
time.
"""

import os
import secrets
import shlex
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from . import Missing
from .postgres import postgres
from .redis import redis
from .site import ROOT, manage, production, running

A_MINUTE = 60.0
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
WORKER = [sys.executable, "manage.py", "qcluster"]


def main(port: int = 8000) -> int:
    """Serve until Ctrl-C, SIGTERM, or the end of the web server; returns the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    data = ROOT / "var" / "serve"
    data.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as servers:
            database = os.environ.get("DATABASE_URL") or servers.enter_context(postgres(data / "postgres"))
            cache = os.environ.get("CACHE_URL") or servers.enter_context(redis())
            environment = site(data, port, DATABASE_URL=database, CACHE_URL=cache)
            prepare(environment)
            web = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "newsroom.wsgi"]
            serving = servers.enter_context(running(web, environment, errors=None))
            servers.enter_context(running(WORKER, environment, errors=None))
            print(greeting(data, environment), flush=True)
            return tick_while(serving, environment)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def site(data: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of the site on this port, kept in `data` for whoever wants to run manage.py on it."""
    address = f"http://localhost:{port}"
    # No proxy and no TLS in between: browsers take secure cookies from localhost all the same.
    here = {
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": address,
        "BEHIND_PROXY": "0",
        "SECURE_SSL_REDIRECT": "0",
    }
    environment = production(data, SECRET_KEY=key(data), TASKS="worker", **here, **more)
    mine = {name: value for name, value in environment.items() if os.environ.get(name) != value}
    write_private(data / "env", "".join(f"export {name}={shlex.quote(value)}\n" for name, value in mine.items()))
    return environment


def key(data: Path) -> str:
    """This site's secret key, made at first need."""
    path = data / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(64))
    return path.read_text()


def write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def prepare(environment: dict[str, str]) -> None:
    """What a release does before it is served."""
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")


def tick_while(serving: "subprocess.Popen[bytes]", environment: dict[str, str]) -> int:
    """Do the housekeeping every minute; returns the web server's exit status, once it has one."""
    due = time.monotonic()
    while serving.poll() is None:
        if time.monotonic() >= due:
            due += A_MINUTE
            # One that fails is not the end: the next is a minute away.
            subprocess.run([sys.executable, "manage.py", "tick"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(0.5)
    return serving.returncode


def greeting(data: Path, environment: dict[str, str]) -> str:
    return (
        f"Newsroom is at {environment['SITE_URL']}/ (Ctrl-C ends it). To do something with its data:\n"
        f"  ( . {data.relative_to(ROOT)}/env; .venv/bin/python manage.py createsuperuser )"
    )


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
