"""The body in a real browser: what the editor's buttons put in and give back, and what readers can do with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.body.clean import clean
from articles.models import Article
from tests.browser.looking import objections
from tests.browser.test_history import admin_of
from tests.factories import edith, make_article, make_edition, make_picture
from tests.security.payloads import bodies

CLIPBOARD = Path(__file__).parent.parent / "data" / "clipboard"
PLAYER = "https://www.youtube-nocookie.com/embed/abc?autoplay=1"
BODY = (
    '<p>First.</p><aside class="pull-quote"><p>It <em>rained</em>.</p><cite>Bex</cite></aside>'
    '<aside class="fact-box"><p><strong>At a glance</strong></p><ul><li><strong>When:</strong> Sunday</li></ul></aside>'
    '<details class="spoiler"><summary>The end</summary><p>She stays.</p></details>'
    '<table><caption>Ferries</caption><thead><tr><th scope="col">Name</th></tr></thead>'
    "<tbody><tr><td>Otter</td></tr></tbody></table>"
    '<figure data-image="{0}"><figcaption>At <em>dusk</em></figcaption></figure><figure data-image="{1}"></figure>'
    '<div data-gallery="{0},{1}"></div><figure data-embed="https://youtu.be/abc?a=1&amp;b=2"></figure>'
    '<figure data-embed="https://youtu.be/abd"><figcaption>The trailer</figcaption></figure>'
    '<div data-story="{2}"></div><p>Last.</p>'
)
PASTE = """([html]) => {
    const editor = CKEDITOR.instances.id_body, data = new DataTransfer();
    data.setData("text/html", html);
    editor.focus();
    const dataTransfer = new CKEDITOR.plugins.clipboard.dataTransfer(data);
    editor.fire("paste", { type: "auto", method: "paste", dataValue: html, dataTransfer });
}"""


def everything() -> str:
    """A body with every element there is."""
    other = make_edition(headline="The other ferry")
    return BODY.format(make_picture("One").pk, make_picture("Two").pk, other.article_id)


def flat(html: str) -> str:
    """Cleaned as it is on the way in, without the white space between blocks."""
    return "".join(line.strip() for line in clean(html.replace("&nbsp;", " ")).splitlines())


def written(page: Page) -> str:
    return flat(page.evaluate("CKEDITOR.instances.id_body.getData()"))


@pytest.fixture
def desk(new_person: Callable[..., Page], editor_noise: None) -> Callable[..., Page]:
    """`desk(article)`: Edith at the story's page, once the editor is there."""

    def sit_down(article: Article, **options: object) -> Page:
        page = new_person(edith(), **options)
        page.goto(admin_of(article))
        page.locator(".cke_editable").wait_for()
        return page

    return sit_down


def press(page: Page, label: str) -> None:
    page.locator(".cke_editable > p").last.click()
    page.get_by_role("button", name=label, exact=True).click()


# --- At the desk -----------------------------------------------------------------------------------


def test_the_editor_gives_back_every_element_as_it_was(desk: Callable[..., Page]) -> None:
    body = everything()
    page = desk(make_article(body=body))
    expect(page.locator(".cke_editable")).to_contain_text("The other ferry")
    assert written(page) == flat(body)


def test_the_buttons_put_in_boxes_that_one_writes_in(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>Only this.</p>"))
    for label, place in (("Pull quote", ".pull-quote"), ("Fact box", ".fact-box"), ("Spoiler", ".box-spoiler")):
        press(page, label)
        page.locator(f"{place} .box-words p").last.click()
        page.keyboard.type(f"In the {label.lower()}.")
    page.locator(".box-by").click()
    page.keyboard.type("Bex")
    page.locator(".box-label").click()
    page.keyboard.type("The end")
    found = written(page)
    assert '<aside class="pull-quote"><p>In the pull quote.</p><cite>Bex</cite></aside>' in found
    assert '<aside class="fact-box"><p><strong>At a glance</strong></p><p>In the fact box.</p></aside>' in found
    assert '<details class="spoiler"><summary>The end</summary><p>In the spoiler.</p></details>' in found
    assert found.startswith("<p>Only this.</p>")


def test_a_picture_is_found_and_put_in_with_the_keyboard_alone(desk: Callable[..., Page]) -> None:
    lighthouse = make_picture("A lighthouse")
    make_picture("A ferry", alt="")
    page = desk(make_article(body="<p>Only this.</p>"))
    press(page, "Picture")
    dialog = page.get_by_role("dialog", name="Choose a picture")
    expect(dialog).to_contain_text("Needs alternative text.")
    assert list(objections(page, {})) == []
    page.keyboard.type("lighthouse")
    expect(dialog.get_by_role("radio")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".cke_editable figure")).to_have_count(1)
    assert written(page) == f'<p>Only this.</p><figure data-image="{lighthouse.pk}"></figure>'


def test_a_picture_that_lacks_words_is_asked_for_them_at_once(desk: Callable[..., Page]) -> None:
    picture = make_picture("A ferry", alt="", credit="")
    page = desk(make_article(body="<p>Only this.</p>"))
    press(page, "Picture")
    page.get_by_role("radio", name="A ferry").check()
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_role("dialog")).to_contain_text("“A ferry” needs a few words")
    page.get_by_label("What it shows").fill("A ferry in the rain")
    page.get_by_label("Credit").fill("Bex Molloy")
    assert list(objections(page, {})) == []
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".cke_editable figure")).to_have_count(1)
    picture.refresh_from_db()
    assert (picture.alt, picture.credit) == ("A ferry in the rain", "Bex Molloy")


def test_a_gallery_an_embed_and_a_story_are_put_in(desk: Callable[..., Page]) -> None:
    one, two = make_picture("One"), make_picture("Two")
    other = make_edition(headline="The other ferry")
    page = desk(make_article(body="<p>Only this.</p>"))
    press(page, "Gallery")
    page.get_by_role("checkbox", name="One").check()
    page.get_by_role("checkbox", name="Two").check()
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator(".cke_editable [data-gallery] img")).to_have_count(2)
    press(page, "Embed")
    page.keyboard.type("https://youtu.be/abc")
    page.keyboard.press("Enter")
    expect(page.locator(".cke_editable .box-address")).to_have_text("https://youtu.be/abc")
    press(page, "Related story")
    page.get_by_role("radio", name="The other ferry").check()
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator(".cke_editable .box-story")).to_have_text("The other ferry")
    found = written(page)
    assert f'<div data-gallery="{one.pk},{two.pk}"></div>' in found
    assert '<figure data-embed="https://youtu.be/abc"></figure>' in found
    assert f'<div data-story="{other.article_id}"></div>' in found


def test_a_button_replaces_nothing_that_is_selected(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body='<p>Only this.</p><figure data-embed="https://youtu.be/abc"></figure>'))
    page.locator(".cke_editable .box-address").click()
    page.get_by_role("button", name="Fact box", exact=True).click()
    page.locator(".cke_editable .fact-box p").last.click()
    page.get_by_role("button", name="Spoiler", exact=True).click()
    expect(page.locator(".cke_editable .box-spoiler")).to_have_count(1)
    found = written(page)
    assert found.index("data-embed") < found.index("fact-box") < found.index("</aside>") < found.index("spoiler")


def test_a_dialog_that_is_left_puts_nothing_in(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>Only this.</p>"))
    for label in ("Picture", "Gallery", "Embed", "Related story"):
        press(page, label)
        page.keyboard.press("Escape")
        expect(page.locator("dialog.picker")).to_have_count(0)
    assert written(page) == "<p>Only this.</p>"


@pytest.mark.parametrize("program", ["word", "docs"])
def test_what_is_pasted_from_elsewhere_is_clean(desk: Callable[..., Page], program: str) -> None:
    page = desk(make_article(body=""))
    page.locator(".cke_editable").click()
    page.evaluate(PASTE, [(CLIPBOARD / f"{program}.html").read_text()])
    expect(page.locator(".cke_editable")).to_contain_text("The last ferry")
    found = written(page)
    assert "<h2>The last ferry</h2>" in found
    assert "It <strong>rained</strong> on <em>Saltmarsh</em>" in found
    assert found.count("<li>") == 2
    assert '<a href="https://example.com/timetable">the timetable</a>' in found
    assert "1962" in found
    assert not any(rest in found for rest in ("mso", "Mso", "style", "span", "<img", "o:p", "guid"))


# --- For readers -----------------------------------------------------------------------------------


def test_a_story_with_everything_is_a_page_to_leave_so(new_person: Callable[..., Page]) -> None:
    page = new_person()
    page.goto(make_edition(body=everything()).path)
    page.locator(".spoiler summary").click()
    assert list(objections(page, {})) == []


def test_nothing_is_asked_of_another_site_before_a_reader_wants_it(new_person: Callable[..., Page]) -> None:
    page = new_person()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(PLAYER, lambda route: route.fulfill(content_type="text/html", body="<title>x</title>Playing"))
    page.goto(make_edition(body="<p>Words.</p><p>https://youtu.be/abc</p>").path)
    expect(page.get_by_role("link", name="Watch it on YouTube")).to_have_attribute("href", "https://youtu.be/abc")
    assert not [url for url in asked if "youtu" in url]
    room = page.locator(".embed").bounding_box()
    page.get_by_role("button", name="Play it here").click()
    expect(page.frame_locator(".embed iframe").locator("body")).to_have_text("Playing")
    assert page.locator(".embed").bounding_box() == room


def test_without_scripts_there_is_a_link_and_a_grid(new_person: Callable[..., Page]) -> None:
    page = new_person(java_script_enabled=False)
    page.goto(make_edition(body=everything()).path)
    expect(page.get_by_role("button", name="Play it here")).to_have_count(0)
    assert page.locator(".gallery__link").first.get_attribute("href").endswith(".webp")
    page.locator(".spoiler summary").click()
    expect(page.get_by_text("She stays.")).to_be_visible()


def test_a_gallery_is_looked_through_with_the_keyboard(new_person: Callable[..., Page]) -> None:
    page = new_person()
    one, two = make_picture("One", alt="The first"), make_picture("Two", alt="The second")
    page.goto(make_edition(body=f'<p>Words.</p><div data-gallery="{one.pk},{two.pk}"></div>').path)
    page.locator(".gallery__link").first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Gallery")
    expect(viewer.get_by_role("img", name="The first")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img", name="The second")).to_be_visible()
    expect(viewer.get_by_role("status")).to_have_text("2 of 2")
    assert list(objections(page, {})) == []
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(page.locator(".gallery__link").nth(1)).to_be_focused()


# --- All of a public corpus --------------------------------------------------------------------------


def test_no_payload_of_the_corpus_runs_or_has_to_be_stopped(new_person: Callable[..., Page]) -> None:
    page = new_person()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for body in (*bodies(clean), *bodies()):
        page.goto(make_edition(body=body).path)
        expect(page.get_by_text("Payload:").first).to_be_visible()
    assert said == []
