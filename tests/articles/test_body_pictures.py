"""What a body refers to: pictures and stories, loaded in as many queries whatever their number."""

import pytest

from articles.cutting import recompile
from articles.draft import Draft
from articles.models import Edition, EditionImage, Image
from articles.models.parts import parts_of
from articles.models.slots import with_slots
from articles.preflight import preflight
from articles.publishing import unpublish
from tests.factories import make_edition, make_picture, republish, take_down

pytestmark = pytest.mark.django_db


def body_of(*pictures: Image) -> str:
    return "<p>Words.</p>" + "".join(f'<figure data-image="{picture.pk}"></figure>' for picture in pictures)


@pytest.mark.parametrize("count", [1, 7])
def test_pictures_take_one_query_whatever_their_number(django_assert_num_queries, count):
    pictures = [make_picture(f"Still {number}") for number in range(count)]
    draft = Draft(body=body_of(*pictures), lead_image=pictures[0].pk)
    with django_assert_num_queries(1):
        parts = parts_of(draft)
    assert list(parts.images) == [picture.pk for picture in pictures]


def test_an_edition_keeps_its_pictures_and_shows_them(client):
    one, two = make_picture("One", alt="First"), make_picture("Two", alt="Second")
    edition = make_edition(body=f'{body_of(one)}<div data-gallery="{two.pk},{one.pk}"></div>')
    assert set(edition.editionimages.values_list("image", flat=True)) == {one.pk, two.pk}
    page = client.get(edition.path).content.decode()
    assert page.count('alt="First"') == 2
    assert page.count('alt="Second"') == 1
    assert "site/gallery" in page


def test_scripts_come_only_with_what_needs_them(client):
    page = client.get(make_edition(body='<p>class="gallery" &lt;div class="embed"</p>').path).content.decode()
    assert "site/gallery" not in page
    assert "site/embeds" not in page


def test_words_about_a_picture_reach_the_editions_that_show_it_in_the_body(client, admin_client):
    picture = make_picture(alt="Before")
    edition = make_edition(body=body_of(picture))
    url = f"/admin/articles/image/{picture.pk}/change/"
    words = {"title": "T", "alt": "Afterwards", "credit": "Bex", "focal_x": "0.5", "focal_y": "0.5"}
    assert admin_client.post(url, words).status_code == 302
    assert 'alt="Afterwards"' in client.get(edition.path).content.decode()


def test_compiling_again_makes_the_links_anew():
    edition = make_edition(body=body_of(make_picture()))
    EditionImage.objects.all().delete()
    recompile(Edition.objects.all())
    assert edition.editionimages.count() == 1


def test_a_picture_that_is_gone_leaves_no_hole(client):
    edition = make_edition(body='<p>Words.</p><figure data-image="999999"></figure>')
    assert "<figure" not in client.get(edition.path).content.decode()


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"alt": ""}, "Picture 2 in the body needs alternative text."),
        ({"credit": ""}, "Picture 2 in the body needs a credit."),
        ({"alt": "", "credit": ""}, "Picture 2 in the body needs alternative text and a credit."),
    ],
)
def test_a_bare_picture_in_the_body_blocks(about, sentence):
    draft = Draft(body=body_of(make_picture("Good"), make_picture("Bare", **about)))
    assert [f.sentence for f in preflight(draft, parts_of(draft)) if f.blocks and f.field == "body"] == [sentence]


def test_a_lost_picture_and_a_table_without_headers_deserve_a_look():
    draft = Draft(body='<table><tr><td>x</td></tr></table><figure data-image="999999"></figure>')
    said = [finding.sentence for finding in preflight(draft, parts_of(draft)) if finding.field == "body"]
    assert len(said) == 2
    assert not any(f.blocks for f in preflight(draft, parts_of(draft)) if f.field == "body")


# --- Other stories -----------------------------------------------------------------------------------


def refer(*editions: Edition) -> str:
    return "<p>Words.</p>" + "".join(f'<div data-story="{edition.article_id}"></div>' for edition in editions)


def test_a_live_story_has_its_card_where_it_was_put(client):
    other = make_edition(headline="The other ferry")
    page = client.get(make_edition(body=refer(other) + "<p>After.</p>").path).content.decode()
    assert page.index("Words.") < page.index("The other ferry") < page.index("After.")
    assert f'<a href="{other.path}">The other ferry</a>' in page


def test_the_card_is_that_of_today(client):
    other = make_edition(headline="The other ferry")
    edition = make_edition(body=refer(other))
    republish(other.article, headline="Renamed since")
    assert "Renamed since" in client.get(edition.path).content.decode()
    take_down(unpublish, other.article)
    page = client.get(edition.path).content.decode()
    assert "Renamed since" not in page
    assert "data-story" not in page


def test_a_story_that_gives_much_away_does_not_do_so_on_a_card(client):
    other = make_edition(headline="The captain dies", spoiler="ending", safe_headline="The last crossing")
    page = client.get(make_edition(body=refer(other), section=other.section_id).path).content.decode()
    assert "The last crossing" in page
    assert "The captain dies" not in page


@pytest.mark.parametrize("count", [1, 6])
def test_cards_take_one_query_whatever_their_number(django_assert_num_queries, count):
    story = make_edition(body=refer(*(make_edition() for _ in range(count)))).story
    with django_assert_num_queries(2):
        assert len(with_slots(story).related) == count


def test_a_story_has_no_card_of_itself():
    edition = make_edition()
    again = republish(edition.article, body=refer(edition))
    assert with_slots(again.story).related == {}


# --- The trailer -------------------------------------------------------------------------------------


def test_a_trailer_leads_a_story_without_a_picture_and_stands_below_one_with(client):
    trailer = "https://www.youtube.com/watch?v=abc"
    page = client.get(make_edition(trailer_url=trailer).path).content.decode()
    assert page.index("data-player") < page.index("article__columns")
    assert '"@type":"VideoObject"' in page
    assert '"embedUrl":"https://www.youtube-nocookie.com/embed/abc?autoplay=1"' in page
    page = client.get(make_edition(trailer_url=trailer, lead_image=make_picture().pk).path).content.decode()
    assert page.index("data-player") > page.index("article__columns")
    assert page.count("data-player") == 1


def test_a_trailer_of_an_unlisted_site_is_a_link(client):
    page = client.get(make_edition(trailer_url="https://example.com/trailer").path).content.decode()
    assert "data-player" not in page
    assert "VideoObject" not in page
    assert 'href="https://example.com/trailer"' in page
