"""The rooms and the doors between them: both tables of the design, enforced on every module's imports.

A new module must be given its stratum here. Each check is also shown to fail on a rule broken on purpose.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

APPS = ("newsroom", "articles", "comments")
LIB = "newsroom.lib"

# Who may import what of another room. `articles.story` is the shape that travels: what templates are given.
MAY_IMPORT = {
    LIB: (),
    "articles": (LIB,),
    "comments": (LIB, "articles.models", "articles.shown", "articles.signals", "articles.story"),
    "newsroom": (LIB, "articles", "comments"),
}

# Rules <- models <- verbs <- faces: imports point left only, by the first name below the app.
STRATA = ("rules", "models", "verbs", "faces")
TABLE = {
    "articles": {
        "rules": "body diff draft ladder layout mentions preflight shown signals span story structured workflow",
        "models": "models",
        "verbs": "agenda assigning calendar_feed corrections cutting editing embargo errors fronts history house_pages "
        "images intervals mailing notes notices onward presence publishing readership rights saved_views search "
        "sharing trash turning",
        "faces": "admin apps feeds management sitemaps templatetags urls views",
    },
    "comments": {
        "rules": "ballot heat markup mentions orders screening shown signals threads trust workflow",
        "models": "models",
        "verbs": "branches calming counters erasing excluding following glancing holding liking looking marking "
        "moderation muting outside pace pasting phrasing picking posting receivers reporting rewording sanctioning "
        "second_look tallying telling trying unsubscribing voting warming watching",
        "faces": "admin apps desk forms mailing management phrases_admin reading templatetags urls views",
    },
    "newsroom": {
        "rules": "names",
        "models": "models",
        "verbs": "counting demo farewells filling guests illegal letters moving naming portraits takeout tries",
        "faces": "admin admin_site apps caching checks fragments management middleware pages settings "
        "subscribers_admin templatetags urls wsgi",
    },
}
RANK = {
    (app, name): STRATA.index(stratum)
    for app, rows in TABLE.items()
    for stratum, names in rows.items()
    for name in names.split()
}
NO_SUCH_NAMES = frozenset({"utils", "helpers", "services", "managers", "common"})
MAY_CALL_SAFE = ("articles.body", "newsroom.lib.html")
MAY_CONNECT = MAY_IMPORT_IN_FUNCTIONS = "newsroom.apps"


@dataclass(frozen=True)
class Import:
    """One imported module, by its full name."""

    target: str
    line: int
    is_relative: bool
    is_in_function: bool


def within(name: str, *rooms: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def room_of(module: str) -> str:
    return LIB if within(module, LIB) else module.split(".")[0]


def walk(node: ast.AST, in_function: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        yield child, in_function
        inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        yield from walk(child, in_function or inside)


def imports_of(module: str, source: str, known: set[str]) -> Iterator[Import]:
    """All imports of a module; of `from x import y`, y counts when it is a module."""
    package = module if f"{module}.__init__" in known else module.rpartition(".")[0]
    for node, inside in walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, False, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield Import(full if full in known else base, node.lineno, bool(node.level), inside)


def problems(sources: dict[str, str]) -> list[str]:
    """What is wrong in these modules, by full name; "app.package.__init__" marks a package."""
    known = set(sources) | {name.removesuffix(".__init__") for name in sources}
    found = []
    for name, source in sources.items():
        module = name.removesuffix(".__init__")
        found += [f"{module}: {problem}" for problem in name_problems(module)]
        for item in imports_of(module, source, known):
            found += [f"{module}:{item.line}: {problem}" for problem in import_problems(module, item)]
        found += [f"{module}:{problem}" for problem in call_problems(module, source)]
    return found


def name_problems(module: str) -> Iterator[str]:
    app, *rest = module.split(".")
    if NO_SUCH_NAMES.intersection(rest):
        yield "says nothing of what it is for"
    if rest and room_of(module) != LIB and (app, rest[0]) not in RANK:
        yield "has no stratum in the table"


def import_problems(module: str, item: Import) -> Iterator[str]:
    own = item.target.split(".")[0] in APPS
    if item.is_in_function and module != MAY_IMPORT_IN_FUNCTIONS:
        yield f"imports {item.target} inside a function"
    if within(item.target, "importlib"):
        yield "imports by a name made at run time"
    if own and room_of(module) != room_of(item.target):
        if not within(item.target, *MAY_IMPORT[room_of(module)]):
            yield f"may not import {item.target}"
        if item.is_relative:
            yield f"imports {item.target} of another room relatively"
    elif own:
        if not item.is_relative:
            yield f"imports {item.target} of its own room absolutely"
        if stratum(module) < stratum(item.target):
            yield f"imports {item.target}, which stands to its right"


def stratum(module: str) -> int:
    app, *rest = module.split(".")
    return RANK.get((app, rest[0]), 0) if rest else 0


def call_problems(module: str, source: str) -> Iterator[str]:
    for node, _ in walk(ast.parse(source)):
        name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        makes_safe = isinstance(node, ast.Call) and called(node) in {"SafeString", "SafeText", "SafeData"}
        if (name == "mark_safe" or makes_safe) and not within(module, *MAY_CALL_SAFE):
            yield f"{getattr(node, 'lineno', 0)}: calls a string safe"
        connects = isinstance(node, ast.Call) and called(node) in {"connect", "receiver"}
        if connects and module != MAY_CONNECT:
            yield f"{node.lineno}: connects a signal"


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def our_sources() -> dict[str, str]:
    """Every module of ours but migrations, by full name."""
    found = {}
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts)] = path.read_text()
    return found


def test_every_import_goes_through_a_door_that_exists():
    assert problems(our_sources()) == []


def test_the_table_names_no_module_that_is_gone():
    there = {tuple(name.split(".")[:2]) for name in our_sources()}
    assert set(RANK) <= there


def test_no_template_calls_a_string_safe():
    for folder in ("templates", *APPS):
        for path in Path(settings.BASE_DIR / folder).rglob("*.html"):
            text = path.read_text().replace(" ", "")
            assert "|safe" not in text, path
            assert "autoescapeoff" not in text, path


@pytest.mark.parametrize(
    ("module", "source", "problem"),
    [
        ("newsroom.lib.http", "from articles.models import Article", "may not import articles.models"),
        ("newsroom.lib.http", "import newsroom.models", "may not import newsroom.models"),
        ("articles.editing", "from comments.models import Comment", "may not import comments.models"),
        ("articles.editing", "import newsroom.settings", "may not import newsroom.settings"),
        ("comments.posting", "from articles import publishing", "may not import articles.publishing"),
        ("comments.posting", "from articles.views.lists import front", "may not import articles.views.lists"),
        ("comments.posting", "import articles", "may not import articles"),
        ("articles.draft", "from .models import Article", "which stands to its right"),
        ("articles.models.article", "from ..editing import save", "which stands to its right"),
        ("articles.models.article", "from .. import editing", "which stands to its right"),
        ("articles.editing", "from .views import lists", "which stands to its right"),
        ("comments.screening.decide", "from ..models import Comment", "which stands to its right"),
        ("articles.editing", "from articles.models import Article", "of its own room absolutely"),
        ("articles.editing", "import articles.models", "of its own room absolutely"),
        ("newsroom.pages.account", "from ..lib.http import personal_page", "of another room relatively"),
        ("articles.editing", "def save():\n    import json", "inside a function"),
        ("articles.editing", "class A:\n    def b(self):\n        from .draft import Draft", "inside a function"),
        ("articles.editing", "from importlib import import_module", "made at run time"),
        ("articles.utils", "", "says nothing of what it is for"),
        ("articles.views.helpers", "", "says nothing of what it is for"),
        ("newsroom.lib.common", "", "says nothing of what it is for"),
        ("articles.syndication", "", "has no stratum in the table"),
        ("articles.views.lists", "from django.utils.safestring import mark_safe", "calls a string safe"),
        ("articles.views.lists", "safestring.mark_safe(x)", "calls a string safe"),
        ("comments.markup", "SafeString(x)", "calls a string safe"),
        ("comments.receivers", "comment_shown.connect(tell)", "connects a signal"),
        ("comments.receivers", "@receiver(comment_shown)\ndef tell(): ...", "connects a signal"),
    ],
)
def test_a_rule_broken_on_purpose_is_found(module, source, problem):
    there = "models models.article editing publishing draft views views.lists desk desk.queue"
    around = {f"{app}.{name}": "" for app in ("articles", "comments") for name in there.split()}
    found = [line for line in problems(around | {module: source}) if line.startswith(module)]
    assert any(problem in line for line in found), found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("articles.editing", "from newsroom.lib.html import trusted\nfrom .models import Article\nfrom . import draft"),
        ("comments.posting", "from articles.models import Edition\nfrom articles.signals import edition_cut"),
        ("newsroom.pages.account", "from articles import publishing\nfrom ..models import User"),
        ("newsroom.apps", "def ready():\n    from articles.signals import edition_cut\n    edition_cut.connect(x)"),
        ("articles.body.compile", "from django.utils.safestring import mark_safe\nmark_safe(x)"),
        ("articles.body.__init__", "from .clean import clean"),
    ],
)
def test_what_the_rules_allow_is_not_found_fault_with(module, source):
    around = {"articles.models": "", "articles.draft": "", "articles.publishing": "", "articles.body.clean": ""}
    assert problems(around | {module: source}) == []
