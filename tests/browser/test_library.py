"""The picture library in a real browser: dropping many files at once, and picking a focal point by hand."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Image
from tests.articles.bad_pictures import a_picture, gif_of
from tests.factories import make_picture, picture_bytes, rory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """(form, files) => {
  const data = new DataTransfer();
  for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_of_files_dropped_together_the_good_are_taken_and_the_bad_are_named(new_person, complaints):
    complaints.expect("status of 422")
    page = new_person(rory())
    page.goto("/admin/articles/image/add/")
    expect(page.get_by_role("button", name="Add them")).to_be_hidden()
    good = picture_bytes()
    files = [("one.jpg", good), ("half.png", a_picture("PNG")[:900]), ("film.gif", gif_of(10_000)), ("again.jpg", good)]
    page.locator(".drop").evaluate(DROP, [[name, list(data)] for name, data in files])
    expect(page.locator(".received li:not(:has(progress))")).to_have_count(4)
    expect(page.get_by_text("half.png: The picture is damaged")).to_be_visible()
    expect(page.get_by_text("film.gif: The picture moves")).to_be_visible()
    expect(
        page.get_by_text(re.compile("again.jpg( is in the library|: the library has this picture already)"))
    ).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("2 in the library, 2 refused.")
    assert Image.objects.count() == 1


def test_files_chosen_in_the_form_are_sent_without_leaving_the_page(new_person, tmp_path: Path):
    page, paths = new_person(rory()), []
    for name in ("one.jpg", "two.jpg"):
        (tmp_path / name).write_bytes(picture_bytes())
        paths.append(tmp_path / name)
    page.goto("/admin/articles/image/add/")
    page.get_by_label("Choose pictures").set_input_files(paths)
    expect(page.get_by_role("link", name="Say what it shows")).to_have_count(2)
    page.get_by_role("link", name="Say what it shows").first.click()
    expect(page.get_by_label("Title")).to_have_value(re.compile("one|two"))


def test_the_focal_point_is_picked_by_a_click_and_moved_with_the_arrow_keys(new_person):
    image = make_picture()
    page = new_person(rory())
    page.goto(f"/admin/articles/image/{image.pk}/change/")
    picture = page.locator("[data-focal] img")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    mark = page.get_by_role("button", name=re.compile("Focal point: 7[45] % from the left, 2[456] % from the top"))
    expect(mark).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (pytest.approx(0.73, abs=0.011), pytest.approx(0.27, abs=0.011))
