"""What the screens take, on ordinary comments and on the worst there can be: `make bench-screens`.

`python -m tests.bench.screens TABLE`: each text against a list of 10,000 phrases; of each stands the median and the
longest of its rounds. The exit status is 1 where the median of ordinary comments is over 2 ms, or of any over 20 ms.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tqdm import tqdm  # noqa: E402

from comments.posting import MAX_LENGTH  # noqa: E402
from comments.screening import Look, Phrases, kept, screen  # noqa: E402
from comments.trust import Past  # noqa: E402

PHRASES, ROUNDS, WARM = 10_000, 60, 5
ORDINARY, WORST = 2.0, 20.0  # ms
CHANCE = random.Random(7)
VOWELS, CONSONANTS = "aeiou", "bcdfghklmnprstvw"


def word() -> str:
    """A word that can be said, of one to four syllables."""
    return "".join(CHANCE.choice(CONSONANTS) + CHANCE.choice(VOWELS) for _ in range(CHANCE.randint(1, 4)))


def words(number: int) -> str:
    return " ".join(word() for _ in range(number))


def phrases() -> Phrases:
    """A list of phrases of one to eight words, a third of which begin with the same one."""
    rows = {words(CHANCE.randint(1, 8)) for _ in range(2 * PHRASES // 3)} | {"a"}
    while len(rows) < PHRASES:
        rows.add(f"a {words(CHANCE.randint(1, 7))}")
    return kept((("banned", row) for row in sorted(rows)), version=1)


def texts() -> dict[str, str]:
    """The worst texts by what is in them, each as long as a comment may be."""
    pieces = {
        "words, a hundred of them on the list": words(MAX_LENGTH // 4),
        "one letter that many phrases begin with, and spaces": "a ",
        "one letter that many phrases begin with, and dashes": "a-",
        "short words taken apart by dots": "a.b ",
        "signs for letters": "$a ",
        "signs that hide letters": "a*b**c ",
        "signs for letters, in one piece": "x!",
        "one letter": "a",
        "Cyrillic look-alikes": "аеорс ",
        "a heap of marks on one letter": "a" + "\u0301\u0336" * MAX_LENGTH,
        "ligatures that stand for a sentence": "\ufdfa",
        "full width": "ｖｉａｇｒａ ",
        "stretched letters": "aaaabbbbcccc ",
        "links": "https://a.example ",
        "hosts without an end": "a.",
        "stars, as of bold words": "*a* ",
        "spoilers within each other": "||a",
        "brackets, as of links": "[a](http://a",
    }
    return {name: (piece * MAX_LENGTH)[:MAX_LENGTH] for name, piece in pieces.items()}


def took(look: Look) -> float:
    """Milliseconds of the processor that all screens take, whatever else the machine does."""
    begin = time.process_time()
    screen(look)
    return 1000 * (time.process_time() - begin)


def measured(name: str, looks: Iterable[Look]) -> tuple[str, float, float]:
    times = [took(look) for look in looks][WARM:]
    return name, statistics.median(times), max(times)


def looks_at(body: str, known: dict[str, object], rounds: int) -> Iterator[Look]:
    """The same text anew for each round: a look keeps what it has read."""
    return (Look(body=body, said_before=(body,) * 5, said_here=body, **known) for _ in range(rounds))  # type: ignore[arg-type]


def main(table: Path) -> int:
    begin = time.process_time()
    made = phrases()
    compiling = 1000 * (time.process_time() - begin)
    names = tuple(words(2) for _ in range(20))
    known: dict[str, object] = {"past": Past(shown=5), "phrases": made, "names": names}
    ordinary = (look for _ in range(ROUNDS) for look in looks_at(words(CHANCE.randint(10, 120)), known, 1))
    found = [measured("ordinary comments of 10 to 120 words", ordinary)]
    found += [measured(name, looks_at(text, known, ROUNDS)) for name, text in tqdm(texts().items(), unit="text")]
    rows = "\n".join(f"| {name} | {median:.1f} | {longest:.1f} |" for name, median, longest in found)
    text = HEAD.format(phrases=PHRASES, length=MAX_LENGTH, rounds=ROUNDS - WARM, compiling=compiling) + rows + "\n"
    table.write_text(text, encoding="utf-8")
    print(text)
    return 0 if found[0][1] <= ORDINARY and all(median <= WORST for _, median, _ in found) else 1


HEAD = """# What the screens take

All screens over one comment, as `make bench-screens` wrote it: against a list of {phrases:,} phrases, a third of which
begin with the same word; with twenty names of the story, and five earlier comments of the same author to compare with.
Each of the worst texts has {length:,} characters, the most that a comment may have. The median and the longest of
{rounds} rounds, in milliseconds of one processor, without the queries that load what is looked at. A median over 2 for
ordinary comments, or over 20 for any, fails the benchmark. To make a list of that length ready took {compiling:.0f} ms,
once a version.

| comment | median, ms | longest, ms |
|---|---:|---:|
"""

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
