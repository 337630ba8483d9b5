"""The body in a real browser: what the editor's buttons put in and give back, and what readers can do with it."""

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from playwright.sync_api import FilePayload, Page, Route, expect
from pytest_django import Settings

from articles.body.clean import clean
from articles.images.intake import take_in
from articles.models import Article, Image
from tests.articles.bad_pictures import a_picture
from tests.browser.conftest import Complaints
from tests.browser.looking import objections
from tests.browser.test_history import admin_of
from tests.browser.test_library import DROP
from tests.factories import edith, make_article, make_edition, make_picture, picture_bytes
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
    '<figure data-embed="https://youtu.be/abd" data-image="{1}"><figcaption>The trailer</figcaption></figure>'
    '<div data-story="{2}"></div><p>Last.</p>'
)
PASTE = """([html]) => {
    const editor = CKEDITOR.instances.id_body, data = new DataTransfer();
    data.setData("text/html", html);
    editor.focus();
    const dataTransfer = new CKEDITOR.plugins.clipboard.dataTransfer(data);
    editor.fire("paste", { type: "auto", method: "paste", dataValue: html, dataTransfer });
}"""

# Files on the clipboard, or dropped on the first paragraph: what a browser gives a page, by hand.
GIVE_FILES = """([kind, files]) => {
    const data = new DataTransfer(), place = document.querySelector(".cke_editable > p");
    for (const [name, type, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    const { left, bottom } = place.getBoundingClientRect(), bubbles = true, cancelable = true;
    if (kind === "paste") {
        CKEDITOR.instances.id_body.focus();
        place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles, cancelable }));
    } else {
        const where = { dataTransfer: data, bubbles, cancelable, clientX: left + 4, clientY: bottom - 4 };
        place.dispatchEvent(new DragEvent("dragover", where));
        place.dispatchEvent(new DragEvent("drop", where));
    }
}"""
UPLOAD = "**/admin/articles/image/upload/"
AUTOSAVE = "**/autosave/"


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


LANGUAGES = """() => [...CKEDITOR.instances.id_body.editable().$.querySelectorAll("span[lang]")].map(
    (one) => [one.lang, one.dir, one.textContent])"""
SELECT = """([index, from, to]) => {
    const editor = CKEDITOR.instances.id_body, range = editor.createRange();
    const text = new CKEDITOR.dom.text(document.querySelectorAll(".cke_editable > p")[index].firstChild);
    editor.focus();
    range.setStart(text, from);
    range.setEnd(text, to);
    range.select();
}"""


def mark(page: Page, name: str) -> None:
    page.get_by_role("button", name="Set language").click()
    page.frame_locator(".cke_menu_panel iframe").get_by_role("menuitemcheckbox", name=name).click()


def test_words_and_whole_paragraphs_are_marked_as_of_another_language(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>He said au revoir and left.</p><p>שלום</p>"))
    page.evaluate(SELECT, [0, 8, 17])
    mark(page, "French")
    page.evaluate(SELECT, [1, 0, 4])
    mark(page, "Hebrew")
    assert page.evaluate(LANGUAGES) == [["fr", "ltr", "au revoir"], ["he", "rtl", "שלום"]]
    assert written(page) == (
        '<p>He said <span dir="ltr" lang="fr">au revoir</span> and left.</p>'
        '<p><span dir="rtl" lang="he">שלום</span></p>'
    )
    assert list(objections(page, {})) == []


def test_what_is_wrong_is_said_beside_the_words_while_one_writes(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>First.</p>", dek="A dek."))
    panel = page.get_by_role("region", name="Before it goes out")
    table = "<table><tbody><tr><td>Otter</td></tr></tbody></table>"
    bare = make_picture("A ferry", alt="")
    body = f'<h3>Deep</h3>{table}<figure data-image="{bare.pk}"></figure><p>Read <a href="/tv/">here</a>.</p>'
    french = "<p>Le gardien du phare a quitté son poste avant la fin et personne ne sait pourquoi il est parti.</p>"
    page.evaluate("html => CKEDITOR.instances.id_body.setData(html)", body + french)
    for words in ("alternative text", "heading level", "only “here”", "no headers", "reads like French"):
        expect(panel).to_contain_text(words)
    page.evaluate("CKEDITOR.instances.id_body.setData('<p>Well.</p>')")
    expect(panel).not_to_contain_text("heading level")


def test_an_embed_has_a_title_and_a_poster_which_can_be_changed(desk: Callable[..., Page]) -> None:
    ferry, quay = make_picture("A ferry"), make_picture("A quay")
    page = desk(make_article(body="<p>Only this.</p>"))
    press(page, "Embed")
    page.get_by_label("Address of the video").fill("https://youtu.be/abc")
    page.get_by_label("Title, for readers").fill("The <last> ferry")
    page.get_by_role("button", name="Choose a poster").click()
    page.get_by_role("radio", name="A ferry").check()
    page.get_by_role("dialog", name="Choose a poster").get_by_role("button", name="Put it in").click()
    expect(page.get_by_role("img", name="The poster")).to_be_visible()
    assert list(objections(page, {})) == []
    page.get_by_role("button", name="Put it in").click()
    title = "<figcaption>The &lt;last&gt; ferry</figcaption>"
    expect(page.locator(".cke_editable .box-caption")).to_have_text("The <last> ferry")
    embed = f'<figure data-embed="https://youtu.be/abc" data-image="{ferry.pk}">{title}</figure>'
    assert written(page) == f"<p>Only this.</p>{embed}"
    page.locator(".cke_editable .box-address").dblclick()
    expect(page.get_by_label("Title, for readers")).to_have_value("The <last> ferry")
    page.get_by_role("button", name="Choose another poster").click()
    page.get_by_role("radio", name="A quay").check()
    page.get_by_role("dialog", name="Choose a poster").get_by_role("button", name="Put it in").click()
    page.get_by_role("button", name="Change it").click()
    expect(page.locator(".cke_editable figure")).to_have_count(1)
    assert written(page) == f"<p>Only this.</p>{embed.replace(str(ferry.pk), str(quay.pk))}"
    page.keyboard.press("Control+z")
    assert written(page) == f"<p>Only this.</p>{embed}"


def test_the_other_site_s_title_is_offered_where_that_is_switched_on(
    desk: Callable[..., Page], settings: Settings
) -> None:
    settings.OEMBED = True
    page = desk(make_article(body="<p>Only this.</p>"))
    page.route("**/embed-title/?url=*", lambda route: route.fulfill(json={"title": "The last ferry"}))
    press(page, "Embed")
    page.keyboard.type("https://youtu.be/abc")
    expect(page.get_by_label("Title, for readers")).to_have_value("The last ferry")
    expect(page.get_by_role("status").get_by_text("The title is the other site’s own")).to_be_visible()
    page.get_by_label("Title, for readers").fill("Ours")
    page.keyboard.press("Enter")
    expect(page.locator(".cke_editable .box-caption")).to_have_text("Ours")


# --- New pictures, at the desk ---------------------------------------------------------------------


def give(page: Page, kind: str, *files: tuple[str, bytes]) -> None:
    """Paste or drop files."""
    page.evaluate(GIVE_FILES, [kind, [(name, "image/jpeg", list(data)) for name, data in files]])


def say_what_it_shows(page: Page, alt: str = "A ferry in the rain") -> None:
    page.get_by_label("What it shows").fill(alt)
    page.get_by_label("Credit").fill("Bex Molloy")
    with page.expect_response("**/words/"):
        page.get_by_role("button", name="Keep").click()


class Gate:
    """Requests to an address wait until it is opened."""

    def __init__(self, page: Page, address: str) -> None:
        self.waiting: list[Route] = []
        self.is_open = False
        page.route(address, self.arrive)

    def arrive(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.waiting.append(route)

    def open(self) -> None:
        self.is_open = True
        for route in self.waiting:
            route.continue_()

    def give_up(self) -> None:
        for route in self.waiting:
            route.abort()


def as_file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_a_new_picture_is_uploaded_where_pictures_are_chosen(desk: Callable[..., Page]) -> None:
    make_picture("One")
    page = desk(make_article(body="<p>Only this.</p>"))
    press(page, "Picture")
    dialog = page.get_by_role("dialog", name="Choose a picture")
    dialog.get_by_label("Upload").set_input_files([as_file("ferry.jpg", picture_bytes())])
    expect(dialog.get_by_role("status").first).to_have_text("ferry.jpg is in the library. It is chosen.")
    expect(dialog.get_by_role("radio", name="ferry")).to_be_checked()
    assert list(objections(page, {})) == []
    dialog.get_by_role("button", name="Put it in").click()
    say_what_it_shows(page)
    expect(page.locator(".cke_editable figure")).to_have_count(1)
    picture = Image.objects.get(title="ferry")
    assert written(page) == f'<p>Only this.</p><figure data-image="{picture.pk}"></figure>'
    assert picture.alt == "A ferry in the rain"


def test_of_a_gallery_s_new_files_the_bad_are_named_and_the_known_are_offered(
    desk: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 422")
    good = picture_bytes()
    known = take_in(io.BytesIO(good), title="The known one", alt="x", credit="x")
    page = desk(make_article(body="<p>Only this.</p>"))
    press(page, "Gallery")
    dialog = page.get_by_role("dialog", name="Choose the gallery’s pictures")
    files = [("known.jpg", good), ("half.jpg", a_picture("PNG")[:900]), ("new.jpg", picture_bytes())]
    dialog.evaluate(DROP, [[name, list(data)] for name, data in files])
    expect(dialog.get_by_role("alert")).to_contain_text("half.jpg: The picture is damaged")
    expect(dialog.get_by_role("checkbox", name="new")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name="The known one")).to_be_checked()
    dialog.get_by_role("button", name="Put it in").click()
    say_what_it_shows(page)
    expect(page.locator(".cke_editable [data-gallery] img")).to_have_count(2)
    new = Image.objects.get(title="new")
    assert f'<div data-gallery="{known.pk},{new.pk}"></div>' in written(page)


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_pasted_or_dropped_comes_into_the_text_by_way_of_the_library(
    desk: Callable[..., Page], kind: str
) -> None:
    article = make_article(body="<p>First.</p><p>Last.</p>")
    page = desk(article)
    gate = Gate(page, UPLOAD)
    give(page, kind, ("still.jpg", picture_bytes()))
    expect(page.locator(".cke_editable")).to_contain_text("Uploading still.jpg …")
    page.locator(".cke_editable > p").last.click()
    page.wait_for_function("!CKEDITOR.instances.id_body.widgets.focused")
    page.keyboard.press("End")
    with page.expect_response(AUTOSAVE) as saved:
        page.keyboard.type(" And more.", delay=20)
    assert saved.value.ok
    article.refresh_from_db()
    assert flat(article.body) == "<p>First.</p><p>Last. And more.</p>"
    gate.open()
    say_what_it_shows(page)
    expect(page.locator(".cke_editable figure")).to_have_count(1)
    expect(page.locator(".cke_editable")).not_to_contain_text("Uploading")
    picture = Image.objects.get()
    body = f'<p>First.</p><figure data-image="{picture.pk}"></figure><p>Last. And more.</p>'
    assert (picture.title, picture.alt) == ("still", "A ferry in the rain")
    assert written(page) == body
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    article.refresh_from_db()
    assert flat(article.body) == body


def test_what_is_saved_while_a_picture_is_on_its_way_is_the_text_alone(desk: Callable[..., Page]) -> None:
    article = make_article(body="<p>First.</p>")
    page = desk(article)
    page.on("dialog", lambda dialog: dialog.accept())
    gate = Gate(page, UPLOAD)
    give(page, "paste", ("still.jpg", picture_bytes()))
    expect(page.locator(".cke_editable")).to_contain_text("Uploading still.jpg …")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    gate.give_up()
    article.refresh_from_db()
    assert flat(article.body) == "<p>First.</p>"


def test_a_refused_picture_leaves_the_text_and_says_why(desk: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("status of 422")
    page = desk(make_article(body="<p>First.</p><p>Last.</p>"))
    give(page, "paste", ("half.jpg", a_picture("PNG")[:900]), ("good.jpg", picture_bytes()))
    expect(page.get_by_role("alert").get_by_text("half.jpg: The picture is damaged")).to_be_visible()
    say_what_it_shows(page)
    picture = Image.objects.get()
    assert written(page) == f'<p>First.</p><figure data-image="{picture.pk}"></figure><p>Last.</p>'
    assert list(objections(page, {})) == []
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("The picture is damaged")).to_have_count(0)


def test_undo_brings_back_no_placeholder(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>First.</p>"))
    give(page, "paste", ("still.jpg", picture_bytes()))
    say_what_it_shows(page)
    page.locator(".cke_editable > p").first.click()
    for _ in range(3):
        page.keyboard.press("Control+z")
        expect(page.locator(".cke_editable [data-arriving]")).to_have_count(0)
    assert written(page) == "<p>First.</p>"


def test_who_may_not_add_pictures_is_told_so_and_loses_nothing(
    desk: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 403")
    page = desk(make_article(body="<p>First.</p>"))
    Group.objects.get(name="Editor").permissions.remove(Permission.objects.get(codename="add_image"))
    give(page, "paste", ("still.jpg", picture_bytes()))
    expect(page.get_by_role("alert").get_by_text("You may not add pictures.")).to_be_visible()
    assert written(page) == "<p>First.</p>"
    press(page, "Picture")
    dialog = page.get_by_role("dialog", name="Choose a picture")
    dialog.get_by_label("Upload").set_input_files([as_file("ferry.jpg", picture_bytes())])
    expect(dialog.get_by_role("alert")).to_have_text("You may not add pictures.")
    assert not Image.objects.exists()


def test_a_picture_within_pasted_words_is_taken_in_and_one_of_another_site_is_not(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>First.</p>"))
    page.locator(".cke_editable > p").first.click()
    page.keyboard.press("End")
    inside = b64encode(picture_bytes()).decode()
    page.evaluate(
        PASTE,
        [
            f'<p>One.</p><p><img src="data:image/jpeg;base64,{inside}"></p><p>Two.</p>'
            '<p><img src="https://example.com/a.jpg"></p><p>Three.</p>'
        ],
    )
    expect(page.get_by_role("alert").get_by_text("Pictures of other sites and documents are not taken")).to_be_visible()
    say_what_it_shows(page)
    expect(page.locator(".cke_editable figure")).to_have_count(1)
    picture = Image.objects.get()
    assert picture.title.startswith("Pasted picture")
    found = written(page)
    assert f'<p>One.</p><figure data-image="{picture.pk}"></figure><p>Two.</p>' in found
    assert "<img" not in found
    page.evaluate(PASTE, ['<p>Four. <img src="https://example.com/b.jpg"></p>'])
    expect(page.locator(".cke_editable")).to_contain_text("Four.")
    expect(page.locator(".editor-said__problems p")).to_have_count(1)


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
    assert page.get_by_role("button", name="Play it here").bounding_box()["height"] >= 44
    page.get_by_role("button", name="Play it here").click()
    expect(page.frame_locator(".embed iframe").locator("body")).to_have_text("Playing")
    assert page.locator(".embed").bounding_box() == room


def test_a_video_plays_where_its_poster_was_and_nothing_moves(new_person: Callable[..., Page]) -> None:
    page = new_person()
    page.route(PLAYER, lambda route: route.fulfill(content_type="text/html", body="<title>x</title>Playing"))
    poster = make_picture("Poster")
    embed = f'<figure data-embed="https://youtu.be/abc" data-image="{poster.pk}"></figure>'
    page.goto(make_edition(body=f"<p>Words.</p>{embed}<p>More.</p>").path)
    stage, words = page.locator(".embed__stage > :first-child"), page.locator(".embed__box")
    page.get_by_role("button", name="Play it here").focus()
    before = [stage.bounding_box(), words.bounding_box()]
    page.keyboard.press("Enter")
    expect(page.frame_locator(".embed__stage iframe").locator("body")).to_have_text("Playing")
    expect(page.get_by_role("button", name="Play it here")).to_have_count(0)
    assert [stage.bounding_box(), words.bounding_box()] == before


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
