"""Rights that end: what blocks a story, what readers get instead, and what nobody is offered any more."""

import io
import json
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing, sharing
from articles.body.pieces import in_force
from articles.cutting import recompile
from articles.draft import Spoiler
from articles.images.library import changed, lapse
from articles.ladder import at
from articles.models import Edition, Image
from articles.models.parts import parts_of
from articles.preflight import Incomplete, preflight
from articles.story import Picture
from tests.factories import edith, make_article, make_edition, make_picture, make_section, mo, rory, rosa

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 12, 31)
BEFORE = "2026-12-31 22:00:00Z"
EVENING = timezone.make_aware(datetime.combine(LAST_DAY, time(23, 59)))
AFTER = "2027-01-02 10:00:00Z"


def sentences(**fields) -> list[str]:
    draft = make_article(**fields).draft
    return [finding.sentence for finding in preflight(draft, parts_of(draft)) if finding.blocks]


def test_a_decorative_picture_needs_no_alternative_text():
    assert sentences(lead_image=make_picture(alt="", is_decorative=True).pk) == []
    assert any("alternative text" in said for said in sentences(lead_image=make_picture(alt="").pk))


def test_nothing_is_both_decorative_and_described():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(alt="A ferry", is_decorative=True)


@pytest.mark.parametrize("place", [-0.1, 1.1])
def test_the_focal_point_lies_on_the_picture(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(focal_x=place)


@pytest.mark.parametrize(
    ("x", "y", "classes"),
    [(0.5, 0.5, ""), (0, 0, "focus-x-0 focus-y-0"), (1, 1, "focus-x-4 focus-y-4"), (0.5, 0.1, "focus-x-2 focus-y-0")],
)
def test_a_focal_point_is_one_of_five_steps_each_way(x, y, classes):
    picture = Picture("", "", "", width=9, height=9, folder="/", focal=at(x, y))
    assert picture.focus == classes


@pytest.mark.parametrize("field", ["lead_image", "safe_image"])
def test_a_story_is_neither_submitted_nor_published_with_a_picture_whose_rights_are_over(field):
    picture = make_picture(rights_until=LAST_DAY)
    article = make_article(**{field: picture.pk})
    with time_machine.travel(AFTER):
        for verb, by in ((publishing.submit, rory()), (publishing.publish, edith())):
            with pytest.raises(Incomplete, match="ended on 31 December 2026"):
                verb(article, version=article.version, by=by)


def test_on_the_last_day_the_picture_may_still_be_shown():
    with time_machine.travel(BEFORE):
        assert sentences(lead_image=make_picture(rights_until=LAST_DAY).pk) == []


def shown(edition: Edition) -> list[str]:
    """The pictures' addresses on the card, on the page and elsewhere."""
    edition = Edition.objects.get(pk=edition.pk)
    pictures = (edition.card.picture, edition.story.picture, edition.story.abroad.picture)
    return [picture.whole.src if picture else "" for picture in pictures]


def test_by_the_clock_alone_readers_have_the_picture_no_longer(client):
    picture = make_picture(rights_until=timezone.localdate() + timedelta(days=3))
    edition = make_edition(lead_image=picture.pk)
    assert shown(edition) == [picture.picture.whole.src] * 3
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert shown(edition) == [""] * 3
        for path in (edition.path, "/", "/tv/"):
            assert picture.key not in client.get(path).content.decode()


def test_the_section_s_stand_in_takes_its_place():
    section = make_section()
    section.stand_in = make_picture("A curtain")
    section.save()
    picture = make_picture(rights_until=timezone.localdate() + timedelta(days=3))
    edition = make_edition(lead_image=picture.pk, section=section.pk)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert shown(edition) == [section.stand_in.picture.whole.src] * 3
        recompile(Edition.objects.filter(pk=edition.pk))
        assert shown(edition) == [section.stand_in.picture.whole.src] * 3


def test_so_it_is_with_the_picture_that_gives_nothing_away():
    picture = make_picture(rights_until=timezone.localdate() + timedelta(days=3))
    edition = make_edition(safe_image=picture.pk, spoiler=Spoiler.MAJOR, safe_headline="It ends")
    assert shown(edition)[0] == picture.picture.whole.src
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert shown(edition) == [""] * 3


def test_the_page_links_the_credit(client):
    picture = make_picture(credit="Bex Molloy", credit_url="https://bex.example/", focal_x=0.9, focal_y=0.1)
    page = client.get(make_edition(lead_image=picture.pk).path).content.decode()
    assert '<a href="https://bex.example/" rel="noopener external">Bex Molloy</a>' in page
    assert 'class="focus-x-4 focus-y-0"' in page


def in_the_body(*pictures: Image, gallery: bool = False) -> str:
    if gallery:
        return f'<p>Words.</p><div data-gallery="{",".join(str(image.pk) for image in pictures)}"></div><p>After.</p>'
    return "<p>Words.</p>" + "".join(f'<figure data-image="{image.pk}"></figure>' for image in pictures)


@pytest.mark.parametrize("gallery", [False, True], ids=["alone", "in a gallery"])
def test_so_it_is_with_a_picture_in_the_body_wherever_the_body_is_shown(client, gallery):
    picture, kept = make_picture(rights_until=LAST_DAY), make_picture()
    with time_machine.travel(EVENING - timedelta(days=1)):
        edition = make_edition(body=in_the_body(picture, kept, gallery=gallery))
        link = f"/share/{sharing.share(edition.article, by=rory())}/"
    places = (edition.path, link, "/feed/", "/feed.atom", "/feed.json", "/tv/feed/")
    with time_machine.travel(EVENING):
        assert [place for place in places if picture.key not in client.get(place).text] == []
        assert ("Gallery: 2 pictures" in client.get(edition.path).text) == gallery
    with time_machine.travel(EVENING + timedelta(minutes=2)):
        pages = [client.get(place).text for place in places]
        assert not any(picture.key in page for page in pages)
        assert all(kept.key in page for page in pages)
        assert ('Gallery: 1 picture"' in pages[0]) == gallery


def test_a_gallery_of_which_nothing_is_left_leaves_no_hole(client):
    picture = make_picture(rights_until=LAST_DAY)
    with time_machine.travel(EVENING):
        edition = make_edition(body=in_the_body(picture, gallery=True))
    with time_machine.travel(EVENING + timedelta(minutes=2)):
        page = client.get(edition.path).text
        assert 'class="gallery"' not in page
        assert "site/gallery" not in page
        assert "After." in page


@pytest.mark.parametrize("count", [1, 4])
def test_leaving_them_out_asks_the_database_nothing(django_assert_num_queries, count):
    with time_machine.travel(EVENING):
        editions = [make_edition(body=in_the_body(make_picture(rights_until=LAST_DAY))) for _ in range(count)]
    rows = list(Edition.objects.filter(pk__in=[edition.pk for edition in editions]).defer("source", "text"))
    with time_machine.travel(EVENING + timedelta(minutes=2)), django_assert_num_queries(0):
        assert not any("<figure" in row.story.html for row in rows)


def test_what_is_left_out_is_found_in_one_go():
    """A body with more pictures than anybody puts into one takes as long for each."""
    figure = '<figure class="picture" data-until="2020-01-01"><img src="/x" alt="&lt;/figure&gt;"></figure>'
    assert in_force(f"<p>{figure * 20_000}</p>", "2020-01-02") == "<p></p>"
    assert in_force(figure, "2020-01-01") == figure


# --- The housekeeping ------------------------------------------------------------------------------


def stored(edition: Edition) -> str:
    edition = Edition.objects.get(pk=edition.pk)
    return edition.html + json.dumps(edition.parts)


def test_tick_takes_the_picture_out_of_what_is_stored_once():
    picture = make_picture(rights_until=timezone.localdate() + timedelta(days=3))
    edition = make_edition(lead_image=picture.pk, body=f'<p>Words.</p><figure data-image="{picture.pk}"></figure>')
    assert lapse() == 0
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        call_command("tick", stdout=(out := io.StringIO()))
        assert "withdrew 1" in out.getvalue()
        assert picture.key not in stored(edition)
        assert lapse() == 0


def test_rights_that_are_prolonged_bring_the_picture_back():
    picture = make_picture(rights_until=timezone.localdate() + timedelta(days=3))
    edition = make_edition(lead_image=picture.pk)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        lapse()
        picture.refresh_from_db()
        picture.rights_until = None
        picture.save()
        changed(picture)
        assert shown(edition) == [picture.picture.whole.src] * 3
        picture.rights_until = timezone.localdate() - timedelta(days=1)
        picture.save()
        assert lapse() == 1


def test_the_front_page_of_the_admin_warns_thirty_days_ahead(client):
    today = timezone.localdate()
    make_picture(rights_until=today + timedelta(days=30))
    make_picture(rights_until=today + timedelta(days=31))
    make_picture(rights_until=today - timedelta(days=1))
    client.force_login(rory())
    page = client.get("/admin/").content.decode()
    assert "The rights to 1 picture end within 30 days" in page
    assert "The rights to 1 picture are over" in page
    client.force_login(mo())
    assert "The rights to" not in client.get("/admin/").content.decode()


# --- Searching the library -------------------------------------------------------------------------


def test_a_search_finds_by_every_word_and_offers_nothing_whose_rights_are_over(client):
    kept = make_picture("Ferry at night")
    make_picture("Ferry by day", rights_until=date(2020, 1, 1))
    make_picture("Lighthouse at night", alt="A tower")
    client.force_login(rory())
    client.get("/admin/articles/image/search/")
    found = client.get("/admin/articles/image/search/", {"q": "night ferry"}).json()
    assert [picture["id"] for picture in found["pictures"]] == [kept.pk]
    assert found["pictures"][0]["thumbnail"] == f"/admin/articles/image/{kept.pk}/file/"
    assert found["more"] is False


@pytest.mark.parametrize("query", ["\x00", "%", "x" * 5000, '"', "\\"])
def test_a_search_for_anything_is_answered(client, query):
    client.force_login(rory())
    assert client.get("/admin/articles/image/search/", {"q": query}).status_code == 200


def test_only_who_may_see_the_library_searches_it(client):
    assert client.get("/admin/articles/image/search/").status_code == 401
    client.force_login(rosa())
    assert client.get("/admin/articles/image/search/").status_code == 403
    client.force_login(edith())
    assert client.get("/admin/articles/image/search/").status_code == 200


def test_the_story_s_own_picker_leaves_out_what_may_not_be_shown(client):
    kept = make_picture("Ferry one")
    make_picture("Ferry two", rights_until=date(2020, 1, 1))
    client.force_login(edith())
    asked = {"app_label": "articles", "model_name": "article", "field_name": "lead_image", "term": "ferry"}
    results = client.get("/admin/autocomplete/", asked).json()["results"]
    assert [result["id"] for result in results] == [str(kept.pk)]
    assert Image.objects.count() == 2
