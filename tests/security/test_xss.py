"""Every payload of a public corpus goes wherever words go; what comes out has nothing in it that runs."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from articles.body.clean import clean
from articles.body.compile import compile_body
from articles.story import Parts, Picture
from tests.factories import make_edition

from .payloads import bodies, payloads

# What may stand in a page of ours, and where it may come from.
OWN_SCRIPT = re.compile(r"/static/|/admin/jsi18n/$")
FORBIDDEN = frozenset("iframe frame object embed base applet template math".split())
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc"})
RUNS = re.compile(r"^[\s\x00-\x20]*(?:javascript|vbscript|data|livescript)[\s\x00-\x20]*:", re.IGNORECASE)


class Examiner(HTMLParser):
    """Notes every element and attribute that could run something."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in FORBIDDEN or (tag == "script" and not self.is_ours(given)):
            self.found.append(self.get_starttag_text() or tag)
        for name, value in given.items():
            if name.startswith("on") or name == "style" or (name in ADDRESSES and RUNS.match(value)):
                self.found.append(f"{tag} {name}={value}")

    def is_ours(self, given: dict[str, str]) -> bool:
        return bool(OWN_SCRIPT.match(given.get("src", ""))) or given.get("type") == "application/ld+json"


def test_the_examiner_finds_what_runs():
    for html in (
        "<script>x</script>",
        "<img onerror=x>",
        "<a href='java\tscript:x'>".replace("\t", ""),
        "<base href=x>",
    ):
        assert Examiner(html).found, html


def test_the_corpus_is_whole():
    assert len(payloads()) > 4_900


def test_no_payload_survives_in_a_body():
    for payload in payloads():
        for shape in ("{}", "<p>{}</p>", '<p><a href="{}">x</a></p>', '<figure data-embed="{}"></figure>'):
            html = compile_body(shape.format(payload)).html
            assert not Examiner(html).found, payload
            assert not re.search(r"<\s*(?:script|svg|iframe|object|form|input|style)", html, re.IGNORECASE), payload


def test_cleaning_a_payload_twice_is_cleaning_it_once():
    for payload in payloads():
        once = clean(payload)
        assert clean(once) == once, payload


def test_no_payload_survives_in_the_words_about_a_picture():
    for payload in payloads():
        words = {"alt": payload, "caption": payload, "credit": payload}
        shown = Picture(**words, width=9, height=9, folder="/media/x/")
        body = '<figure data-image="1"></figure><div data-gallery="1"></div>'
        assert not Examiner(compile_body(body, Parts(images={1: shown})).html).found, payload


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "least"), [(clean, 4_900), (str, 3_000)], ids=["each alone", "all together"])
def test_no_payload_survives_from_saving_a_story_to_its_page(before, least):
    count = 0
    for body in bodies(before):
        page = Client().get(make_edition(body=body).path).content.decode()
        assert not Examiner(page).found
        count += page.count("Payload:")
    assert count > least


@pytest.mark.django_db
@pytest.mark.postgres
def test_no_payload_survives_in_a_search_or_in_what_it_finds():
    client = Client()
    for body in bodies(clean):
        make_edition(headline="Payload", body=body)
    for payload in payloads()[::25]:
        make_edition(headline=f"Payload: {payload}"[:200], dek=payload[:400])
        for asked in ({"q": payload}, {"q": "payload", "section": payload, "sort": payload, "page": payload}):
            assert not Examiner(client.get("/search/", asked).text).found, payload
    assert client.get("/search/?q=payload").text.count("<mark>Payload</mark>") > 10
