"""What a body refers to: pictures and stories, loaded in as many queries whatever their number."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.body.clean import clean
from articles.body.lines import Line, lines_of
from articles.body.references import images_in
from articles.cutting import recompile
from articles.draft import Draft
from articles.images.usage import uses
from articles.models import Edition, EditionImage, Image
from articles.models.parts import parts_of
from articles.models.slots import with_slots
from articles.preflight import preflight
from articles.publishing import unpublish
from tests.factories import edith, make_edition, make_picture, republish, take_down

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


# --- Posters -----------------------------------------------------------------------------------------


def embed_with(picture: Image, address: str = "https://youtu.be/abc") -> str:
    return f'<p>Words.</p><figure data-embed="{address}" data-image="{picture.pk}"></figure>'


def test_an_embed_s_poster_is_a_picture_of_the_story_like_any_other(client):
    picture = make_picture("Poster", alt="A pier", credit="Bex Molloy")
    edition = make_edition(body=embed_with(picture))
    assert list(edition.editionimages.values_list("image", flat=True)) == [picture.pk]
    assert [use.article for use in uses(picture, edith())] == [edition.article]
    page = client.get(edition.path).content.decode()
    stage = page.split('<figure class="embed__stage">')[1].split("</figure>")[0]
    assert 'alt="A pier"' in stage
    assert 'loading="lazy"' in stage
    assert "Bex Molloy" in stage
    assert 'data-player="https://www.youtube-nocookie.com/embed/abc?autoplay=1"' in page


def test_of_a_poster_whose_rights_are_over_nothing_is_shown(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    edition = make_edition(body=embed_with(make_picture("Poster", rights_until=tomorrow)))
    assert "embed__stage" in client.get(edition.path).content.decode()
    Image.objects.update(rights_until=tomorrow - timedelta(days=2))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        page = client.get(edition.path).content.decode()
        assert "embed__stage" not in page
        assert "Bex Molloy" not in page
    recompile(Edition.objects.all())
    page = client.get(edition.path).content.decode()
    assert "embed__stage" not in page
    assert 'class="embed"' in page
    draft = edition.article.draft
    assert any("rights to picture 1" in finding.sentence for finding in preflight(draft, parts_of(draft)))


def test_a_poster_of_what_no_box_is_made_of_is_left_out(client):
    edition = make_edition(body=embed_with(make_picture("Poster"), "https://example.com/a"))
    page = client.get(edition.path).content.decode()
    assert 'href="https://example.com/a"' in page
    assert "embed__stage" not in page


@pytest.mark.parametrize(
    "body",
    [
        '<figure data-embed="https://youtu.be/abc?a=1&amp;b=2" data-image="3"></figure>',
        '<figure data-image="3" data-embed="https://youtu.be/abc?a=1&amp;b=2"></figure>',
    ],
)
def test_a_body_keeps_an_embed_with_its_poster_in_one_way_however_it_was_written(body):
    kept = clean(body)
    assert kept == '<figure data-embed="https://youtu.be/abc?a=1&amp;b=2" data-image="3"></figure>'
    assert images_in(kept) == [3]
    assert lines_of(kept) == (Line("https://youtu.be/abc?a=1&b=2 poster, picture: 3", "Embed"),)
    assert images_in(clean('<figure data-embed="javascript:x" data-image="3"></figure>')) == [3]


def test_a_trailer_s_poster_is_the_story_s_picture_but_none_that_spoils(client):
    trailer = "https://www.youtube.com/watch?v=abc"
    plain, safe = make_picture("Plain"), make_picture("Safe")
    page = client.get(make_edition(trailer_url=trailer, lead_image=plain.pk).path).content.decode()
    assert plain.key in page.split('class="embed__stage"')[1].split("</figure>")[0]
    told = {"trailer_url": trailer, "lead_image": plain.pk, "spoiler": "major", "safe_headline": "Safe"}
    assert "embed__stage" not in client.get(make_edition(**told).path).content.decode()
    page = client.get(make_edition(**told, safe_image=safe.pk).path).content.decode()
    assert safe.key in page.split('class="embed__stage"')[1].split("</figure>")[0]


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
