"""Another company at which one may sign in: a small OpenID Connect server on this machine, over real HTTP.

What it says of whoever comes is in `says`; with `refuses` they think better of it, with `breaks` it is out of order.
"""

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt


class Company(ThreadingHTTPServer):
    """Its `url` is the issuer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.says: dict[str, Any] = {"sub": "1", "email": "nell@example.com", "email_verified": True, "name": "Nell N."}
        self.refuses = self.breaks = False
        self.codes: dict[str, str] = {}

    @property
    def app(self) -> dict[str, Any]:
        """As settings have it."""
        return {
            "provider_id": "corner",
            "name": "Corner Shop",
            "client_id": "us",
            "secret": "x" * 32,
            "settings": {"server_url": self.url},
        }


class Desk(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Company

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if self.server.breaks:
            self.tell({"error": "closed"}, 503)
        elif address.path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            places = {f"{name}_endpoint": f"{self.server.url}/{at}" for name, at in names.items()}
            self.tell({"issuer": self.server.url, "jwks_uri": f"{self.server.url}/keys", **places})
        elif address.path == "/authorize":
            self.let_go(asked)
        else:
            self.tell(self.server.says)

    def let_go(self, asked: dict[str, str]) -> None:
        """Whoever comes here is signed in, and agrees or does not."""
        code = secrets.token_urlsafe()
        self.server.codes[code] = asked["client_id"]
        answer = {"error": "access_denied"} if self.server.refuses else {"code": code}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer | {'state': asked['state']})}")
        self.end_headers()

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.server.breaks or not self.server.codes.pop(sent["code"][0], ""):
            return self.tell({"error": "invalid_grant"}, 400)
        until = {"iss": self.server.url, "aud": "us", "exp": time.time() + 60}
        signed = jwt.encode(self.server.says | until, "x" * 32, algorithm="HS256")
        return self.tell({"access_token": "y", "token_type": "Bearer", "id_token": signed})

    def tell(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def company() -> Iterator[Company]:
    """The server, while it is needed."""
    server = Company()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
