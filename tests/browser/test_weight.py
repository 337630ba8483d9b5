"""What a reader on a phone downloads for a story with four pictures, on a first visit, to its very end.

The phone is 390 pixels wide with two device pixels to each. The test's server compresses nothing: text is counted as
WhiteNoise and nginx send it, gzipped; fonts and pictures as they are. Headers are not counted, nor is a favicon.
"""

import gzip
import io
from collections import Counter
from collections.abc import Callable

from PIL import Image as Pillow
from PIL import ImageFilter
from playwright.sync_api import Page, Response
from pytest_django.live_server_helper import LiveServer

from articles.images.intake import take_in
from articles.models import Image
from tests.browser.looking import PHONE
from tests.factories import make_edition

KB = 1000
MOST = {"all": 250 * KB, "script": 15 * KB, "stylesheet": 20 * KB}
TEXT = {"document", "script", "stylesheet", "fetch", "xhr"}
PARAGRAPH = "<p>Nobody on the quay had expected the ferry to come in at all that night, and then it did.</p>" * 5
TO_THE_END = """async () => {
    for (let at = 0; at < document.body.scrollHeight; at += 400) {
        scrollTo(0, at);
        await new Promise((done) => setTimeout(done, 50));
    }
    await Promise.all([...document.images].map((image) => image.decode().catch(() => 0)));
    return document.images.length;
}"""


def photograph(seed: int, size: tuple[int, int] = (1600, 900)) -> io.BytesIO:
    """A picture with detail of every size, as a photograph has it: noise over light and shade, the finer the weaker."""
    channels = [Pillow.linear_gradient("L").rotate(90 * turn + seed).resize(size) for turn in range(3)]
    for cell, weight in ((400, 0.5), (120, 0.35), (40, 0.22), (12, 0.14), (4, 0.09), (1, 0.05)):
        small = (size[0] // cell + 2, size[1] // cell + 2)
        # Most detail of a photograph is in its light, little in its colours.
        light = Pillow.effect_noise(small, 90).resize(size, Pillow.Resampling.BICUBIC)
        tint = Pillow.effect_noise(small, 90).resize(size, Pillow.Resampling.BICUBIC)
        mixed = [light, light, Pillow.blend(light, tint, 0.2)]
        channels = [Pillow.blend(old, new, weight) for old, new in zip(channels, mixed, strict=True)]
    file = io.BytesIO()
    Pillow.merge("RGB", channels).filter(ImageFilter.GaussianBlur(0.6)).save(file, "JPEG", quality=92)
    file.seek(0)
    return file


def take(seed: int) -> Image:
    return take_in(
        photograph(seed), title=f"Photograph {seed}", alt="A ferry in the rain", credit="Picture: Bex Molloy"
    )


def weight(answer: Response) -> int:
    body = answer.body()
    is_text = answer.request.resource_type in TEXT or answer.url.endswith(".svg")
    return len(gzip.compress(body, 9)) if is_text else len(body)


def test_a_story_with_four_photographs_is_light(
    new_person: Callable[..., Page], live_server: LiveServer, capsys
) -> None:
    body = "".join(f'{PARAGRAPH}<figure data-image="{take(n).pk}"></figure>' for n in (1, 2, 3)) + PARAGRAPH
    edition = make_edition(body=body, lead_image=take(0).pk, prompt="Would you have boarded?")
    page = new_person(viewport=PHONE, device_scale_factor=2)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(edition.path)
    assert page.evaluate(TO_THE_END) == 4
    page.wait_for_load_state("networkidle")
    weights: Counter[str] = Counter()
    for answer in answers:
        weights[answer.request.resource_type] += weight(answer)
    weights["all"] = weights.total()
    with capsys.disabled():
        print("\n" + ", ".join(f"{kind} {size / KB:.1f} KB" for kind, size in weights.most_common()))
    assert [answer.url for answer in answers if not answer.url.startswith(live_server.url)] == []
    assert {kind: size for kind, size in weights.items() if size > MOST.get(kind, size)} == {}
