"""Load by wrk, on a processor of its own: sixteen connections, as many requests as are answered."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import Missing, find_program

HERE = Path(__file__).parent
CONNECTIONS = 16
MISSING = "wrk is missing: install it (Debian: apt-get install wrk)"


@dataclass(frozen=True)
class Load:
    """What was answered in so many seconds; `failed` are sockets' errors, `refused` answers of 400 and above."""

    seconds: float
    answered: int
    bytes: int
    p50: float
    p99: float
    refused: int
    failed: int

    @property
    def rate(self) -> float:
        """Answers a second that were no refusals."""
        return (self.answered - self.refused) / self.seconds

    @property
    def begun(self) -> int:
        """What the servers had to work for: each connection has asked once more when time is up."""
        return self.answered + CONNECTIONS

    @property
    def kilobytes(self) -> float:
        """Of one answer, with its headers."""
        return self.bytes / max(self.answered, 1) / 1000


@dataclass(frozen=True)
class Request:
    """What is asked for: the address, headers, and the program for wrk with its words where it is no plain GET."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    script: str = "get.lua"
    words: tuple[str, ...] = ()


def find_wrk() -> Path:
    """Raises Missing."""
    found = find_program("wrk")
    if not found:
        raise Missing(MISSING)
    return found


def load(request: Request, seconds: float, *, core: int | None, connections: int = CONNECTIONS) -> Load:
    """Ask for this, again and again, on processor `core` (None: any). Raises RuntimeError where a script complains."""
    pinned = ["taskset", "-c", str(core)] if core is not None else []
    said = [part for name, value in request.headers.items() for part in ("-H", f"{name}: {value}")]
    # wrk knows whole seconds only.
    command = [*pinned, str(find_wrk()), "-t1", f"-c{connections}", f"-d{max(round(seconds), 1)}s", "--timeout", "10s"]
    command += ["-s", request.script, *said, request.url, "--", *request.words]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    if done.stderr:
        raise RuntimeError(f"{request.url}: {done.stderr}")
    line = next(line for line in done.stdout.splitlines() if line.startswith("DONE "))
    answered, microseconds, received, p50, p99, refused, failed = (float(part) for part in line.split()[1:])
    counts = int(answered), int(received)
    return Load(microseconds / 1e6, *counts, p50 / 1000, p99 / 1000, int(refused), int(failed))
