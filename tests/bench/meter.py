"""What processes have used: their time on a processor, and their memory. From /proc, so for Linux only."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> set[int]:
    """A process and all that came from it."""
    children: dict[int, list[int]] = {}
    for process in Path("/proc").glob("[0-9]*"):
        if numbers := stat(int(process.name)):
            children.setdefault(int(numbers[1]), []).append(int(process.name))
    found, new = {root}, [root]
    while new:
        new = [child for parent in new for child in children.get(parent, ())]
        found.update(new)
    return found


def stat(pid: int) -> list[str]:
    """The fields of its /proc/<pid>/stat from the state on; nothing for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def processor_seconds(roots: Iterable[int]) -> float:
    """Seconds on a processor, of these processes and all that came from them, those that have ended among them."""
    pids = {pid for root in roots for pid in tree(root)}
    # Its own time for the program and for the kernel, and the same of children it has waited for.
    return sum(sum(map(int, stat(pid)[11:15])) for pid in pids) / TICK


def settled(roots: Iterable[int]) -> float:
    """The same, once they rest: what was asked for and not waited for is done then."""
    pids, spent = list(roots), -1.0
    while (now := processor_seconds(pids)) - spent > 2 / TICK:
        spent = now
        time.sleep(0.2)
    return now


def megabytes(roots: Iterable[int]) -> float:
    """Memory of these processes and all that came from them; what several share is divided among them (PSS)."""
    pids = {pid for root in roots for pid in tree(root)}
    return sum(proportional(pid) for pid in pids) / 1024


def proportional(pid: int) -> int:
    """Kilobytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def named(name: str) -> list[int]:
    """Our own children that run this program."""
    mine = [pid for pid in tree(os.getpid()) if (numbers := stat(pid)) and int(numbers[1]) == os.getpid()]
    return [pid for pid in mine if Path(f"/proc/{pid}/comm").read_text().strip() == name]
