"""Looking at a page in every light: what a person with sharp eyes, or with none, would object to."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# Every size in every light. Structure is examined once a size, contrast in each.
LOOKS = [
    (PHONE, "light", True),
    (PHONE, "dark", False),
    (DESKTOP, "dark", True),
    (DESKTOP, "light", False),
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

TOO_WIDE = """() => {
    const root = document.documentElement, room = root.clientWidth;
    if (root.scrollWidth <= room) return "";
    const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
    return `${root.scrollWidth} of ${room} pixels: ` + wide.slice(-3).map((one) =>
        `<${one.localName} class="${one.className}">`).join(" ");
}"""
UNSTYLED = """() => [...document.querySelectorAll("link[rel=stylesheet]")]
    .filter((link) => link.media !== "print" && !link.sheet?.cssRules.length).map((link) => link.href)
    .concat(document.styleSheets.length ? [] : ["no style sheet at all"]).join(" ")"""
# What moves, comes to its end; but an animation inside a closed <details> stands still and never does.
COME_TO_REST = """() => Promise.race([
    Promise.allSettled(document.getAnimations().map((one) => one.finished)),
    new Promise((resolve) => setTimeout(resolve, 1000)),
]).then(() => 0)"""
HEADINGS = """() => [...document.querySelectorAll("h1")].map((one) => one.textContent.trim())"""


def turn(page: Page, size: dict[str, int], scheme: str) -> None:
    """The same page on another screen, in another light."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)
    page.evaluate(COME_TO_REST)


def objections(page: Page, foreign: dict[str, str]) -> Iterator[str]:
    """All that is wrong with the open page. `foreign`: selectors of what is not ours to mend, with the reason."""
    page.wait_for_load_state()
    if missing := page.evaluate(UNSTYLED):
        yield f"unstyled: {missing}"
    if len(headings := page.evaluate(HEADINGS)) != 1:
        yield f"{len(headings)} h1: {headings}"
    for size, scheme, everything in LOOKS:
        turn(page, size, scheme)
        where = f"{size['width']} {scheme}"
        if wide := page.evaluate(TOO_WIDE):
            yield f"{where}: scrolls sideways, {wide}"
        yield from (f"{where}: {problem}" for problem in barriers(page, foreign, everything=everything))


def barriers(page: Page, foreign: dict[str, str], *, everything: bool) -> Iterator[str]:
    """What axe finds: all it knows of, or contrast alone."""
    only = {"type": "tag", "values": WCAG} if everything else {"type": "rule", "values": ["color-contrast"]}
    # Preloading reads style sheets into new ones, which the site's policy forbids.
    found = Axe().run(
        page,
        context={"exclude": [[selector] for selector in foreign]},
        options={"runOnly": only, "preload": False, "resultTypes": ["violations"]},
    )
    for violation in found.response["violations"]:
        for node in violation["nodes"][:3]:
            why = "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
            yield f"{violation['id']}: {node['target']} {node['html'][:120]} ({why[:240]})"
