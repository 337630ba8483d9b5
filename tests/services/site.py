"""The site as readers have it: gunicorn behind nginx, both with the files of deploy/, on this machine alone.

Not for tests: they have Django's own live server. The lighthouse looks at this one.
"""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import Missing, find_program, running_as_root, stop

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "newsroom.example"  # the name in deploy/nginx.conf; a browser is told where it is
PATIENCE = 30.0  # seconds for a server to come up
MISSING = "nginx and openssl are missing: install them (Debian: apt-get install nginx-light openssl)"
# What a distribution's own nginx.conf says around a site.
AROUND = """daemon off;
pid {folder}/nginx.pid;
error_log stderr;
{user}
events {{}}
http {{
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@contextmanager
def site(data: Path) -> Iterator[int]:
    """The port of this machine where HOST answers, over TLS, with the database and the pictures in `data`."""
    nginx, openssl = programs()
    ports = free_port(), free_port()
    certify(openssl, data)
    (data / "nginx.conf").write_text(around(data, ports))
    environment = production(data)
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "newsroom.wsgi"]
    with (
        running([*gunicorn, "--bind", f"unix:{data}/gunicorn.sock"], environment),
        running([str(nginx), "-e", "stderr", "-p", str(data), "-c", str(data / "nginx.conf")], environment),
    ):
        wait_for(data, ports[1])
        yield ports[1]


def programs() -> tuple[Path, Path]:
    """nginx and openssl; raises Missing."""
    nginx, openssl = find_program("nginx", "/usr/sbin/nginx"), find_program("openssl")
    if not nginx or not openssl:
        raise Missing(MISSING)
    return nginx, openssl


def production(data: Path, **more: str) -> dict[str, str]:
    """The environment of a real site, with a database of its own; what this shell says of another is left out.

    `more` comes first.
    """
    mine = {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}
    return {
        **{name: value for name, value in os.environ.items() if name in mine},
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": os.environ.get("SECRET_KEY", ""),
        "DEBUG": "0",
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "1",
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/newsroom.sqlite3",
        **more,
    }


def around(data: Path, ports: tuple[int, int]) -> str:
    """The configuration of nginx: deploy/nginx.conf with the places of this machine instead of a real one's."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for there, here in {
        "/run/newsroom/gunicorn.sock": f"{data}/gunicorn.sock",
        "listen 80": f"listen 127.0.0.1:{ports[0]}",
        "listen 443": f"listen 127.0.0.1:{ports[1]}",
        f"/etc/letsencrypt/live/{HOST}/": f"{data}/",
        "root /var/lib/newsroom;": f"root {data};",
        "/var/cache/nginx/newsroom": f"{data}/kept",
    }.items():
        if there not in text:
            raise ValueError(f"deploy/nginx.conf does not say {there!r} any more.")
        text = text.replace(there, here)
    kept = [line for line in text.splitlines() if "listen [::]:" not in line]
    return AROUND.format(folder=data, user="user root;" if running_as_root() else "", site="\n    ".join(kept))


def certify(openssl: Path, data: Path) -> None:
    """A certificate for HOST that nobody has signed."""
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST} -addext subjectAltName=DNS:{HOST}"
    files = ["-keyout", str(data / "privkey.pem"), "-out", str(data / "fullchain.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


@contextmanager
def running(
    command: list[str], environment: dict[str, str], errors: int | None = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A server while the block lasts; in a session of its own, so that Ctrl-C reaches us first."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=errors, start_new_session=True)
    try:
        yield process
    finally:
        stop(process)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(data: Path, port: int) -> None:
    """Until the front page is there."""
    context = ssl.create_default_context(cafile=str(data / "fullchain.pem"))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if says_hello(port, context):
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"The site did not answer within {PATIENCE:.0f} seconds.")


def says_hello(port: int, context: ssl.SSLContext) -> bool:
    with context.wrap_socket(socket.create_connection(("127.0.0.1", port), 5), server_hostname=HOST) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        return line.recv(64).startswith(b"HTTP/1.1 200")
