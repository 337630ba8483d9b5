"""Draw the icons from their one source, static/site/icon.svg: `make icons`, after the drawing was changed."""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.services.chromium import find_chromium

SITE = Path(__file__).parents[2] / "newsroom" / "static" / "site"
GROUND = "#1c1430"
# Name, side in pixels, the share of it that the drawing takes, and whether the ground reaches the edge: what
# phones cut to a shape of their own must.
ICONS = (
    ("icon-48", 48, 1.0, False),
    ("icon-192", 192, 1.0, False),
    ("icon-512", 512, 1.0, False),
    ("maskable-512", 512, 0.8, True),
    ("apple-touch-180", 180, 0.9, True),
)


def draw(page: Page, name: str, side: int, share: float, is_full: bool) -> None:
    inner = round(side * share)
    ground = GROUND if is_full else "transparent"
    svg = (SITE / "icon.svg").read_text().replace("<svg ", f'<svg width="{inner}" height="{inner}" ')
    page.set_viewport_size({"width": side, "height": side})
    frame = f"margin:0;background:{ground};display:grid;place-items:center;height:100vh"
    page.set_content(f'<body style="{frame}">{svg}</body>')
    page.screenshot(path=SITE / "icons" / f"{name}.png", omit_background=True)


def main() -> None:
    (SITE / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=["--no-sandbox"])
        page = browser.new_page()
        for icon in ICONS:
            draw(page, *icon)
        browser.close()


if __name__ == "__main__":
    main()
