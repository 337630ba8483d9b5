"""Authors and topics with a picture: what readers see of them, and who gives it them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.images import library
from articles.models import Author, Image, Topic
from tests.articles.test_structured import nodes_of
from tests.factories import edith, make_author, make_edition, make_picture, make_topic, mo, picture_bytes, rory, visit

pytestmark = pytest.mark.django_db
PAGE = "/authors/rory-quill/"
LINKS = {"links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "0", "links-0-name": "Bluesky"}


def portrayed(**fields) -> Author:
    """Rory, with a live story and a picture."""
    make_edition()
    author = make_author("Rory Quill")
    Author.objects.filter(pk=author.pk).update(picture=make_picture("Rory", alt="Rory at sea"), **fields)
    return Author.objects.get(pk=author.pk)


def pictured() -> Topic:
    topic = make_topic()
    make_edition(topics=[topic.pk])
    Topic.objects.filter(pk=topic.pk).update(picture=make_picture("Key art", alt="A keep"))
    return Topic.objects.get(pk=topic.pk)


def text(path: str) -> str:
    return Client().get(path).content.decode()


def form_of(author: Author, **more: str) -> dict[str, str]:
    return {"name": author.name, "job": author.job, "bio": author.bio, **LINKS, **more}


# --- What readers see ------------------------------------------------------------------------------


def test_a_reader_learns_who_an_author_is_and_where_else_to_find_them():
    author = portrayed(job="Sea critic", bio="Has never been seasick.")
    author.links.create(name="Bluesky", url="https://social.example/rory")
    page = text(PAGE)
    assert "Sea critic" in page
    assert author.picture.picture.cut("1x1").src in page
    assert '<a href="https://social.example/rory" rel="me noopener">Bluesky</a>' in page


def test_search_engines_learn_the_same():
    author = portrayed(job="Sea critic")
    author.links.create(name="Bluesky", url="https://social.example/rory")
    person = nodes_of(PAGE)["ProfilePage"]["mainEntity"]
    assert person["jobTitle"] == "Sea critic"
    assert person["sameAs"] == ["https://social.example/rory"]
    assert person["image"][2].endswith(author.picture.picture.cut("1x1").src)


def test_a_topic_s_picture_stands_on_its_page_and_loads_first():
    topic = pictured()
    page = text(topic.get_absolute_url())
    assert topic.picture.picture.cut("16x9").src in page
    assert page.count('fetchpriority="high"') == 1
    assert nodes_of(topic.get_absolute_url())["CollectionPage"]["image"]


@pytest.mark.parametrize("make", [portrayed, pictured])
def test_a_picture_whose_rights_are_over_is_gone_by_the_clock(make):
    holder = make()
    Image.objects.filter(pk=holder.picture_id).update(rights_until=timezone.localdate() - timedelta(days=1))
    assert holder.picture.key not in text(holder.get_absolute_url())


@pytest.mark.parametrize("count", [0, 5])
def test_an_author_s_page_costs_the_same_with_any_number_of_links(count, django_assert_num_queries):
    author = portrayed()
    for number in range(count):
        author.links.create(name=f"Place {number}", url="https://social.example/")
    with django_assert_num_queries(5):
        Client().get(PAGE)


# --- The library -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("make", "place"), [(portrayed, "the author’s picture"), (pictured, "the topic’s picture")])
def test_the_library_says_whose_picture_it_is_and_keeps_it(make, place):
    holder = make()
    page = visit(edith()).get(reverse("admin:articles_image_change", args=[holder.picture_id])).content.decode()
    assert f'{holder.name} <span class="uses__how">{place}</span>' in page
    with pytest.raises(library.InUse):
        library.delete(holder.picture, by=edith())


def test_a_writer_does_not_replace_the_picture_of_an_author():
    image = portrayed().picture
    assert not library.may_replace(image, by=rory())
    assert library.may_replace(image, by=edith())


def test_replaced_it_is_another_file_on_the_author_s_page(django_capture_on_commit_callbacks):
    author = portrayed()
    before = author.picture.key
    with django_capture_on_commit_callbacks(execute=True):
        visit(edith()).post(
            reverse("admin:articles_image_replace", args=[author.picture_id]),
            {"file": SimpleUploadedFile("new.jpg", picture_bytes(size=(900, 900)))},
        )
    image = Image.objects.get(pk=author.picture_id)
    assert image.key != before
    assert image.picture.cut("1x1").src in text(PAGE)


# --- The editor's page -----------------------------------------------------------------------------


def test_an_editor_says_who_an_author_is():
    make_edition()
    author, image = make_author("Rory Quill"), make_picture()
    said = form_of(author, job="Sea critic", picture=str(image.pk), **{"links-0-url": "social.example/rory"})
    answer = visit(edith()).post(reverse("admin:articles_author_change", args=[author.pk]), said)
    assert answer.status_code == 302
    author = Author.objects.get(pk=author.pk)
    assert (author.job, author.picture) == ("Sea critic", image)
    assert author.links.get().url == "https://social.example/rory"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://files.example/", "data:text/html,x", "https://"])
def test_an_address_that_is_none_of_the_web_is_refused_and_nothing_typed_is_lost(url):
    author = make_author("Rory Quill")
    said = form_of(author, bio="Typed at length.", **{"links-0-url": url})
    answer = visit(edith()).post(reverse("admin:articles_author_change", args=[author.pk]), said)
    assert answer.status_code == 200
    assert "Enter a valid URL" in answer.content.decode()
    assert "Typed at length." in answer.content.decode()
    assert not author.links.exists()


@pytest.mark.parametrize("who", [rory, mo])
def test_nobody_else_does(who):
    author = make_author("Una Known")
    said = form_of(author, job="Mine", **{"links-0-url": "https://social.example/"})
    assert visit(who()).post(reverse("admin:articles_author_change", args=[author.pk]), said).status_code == 403
    assert (Author.objects.get(pk=author.pk).job, author.links.count()) == ("", 0)


def test_only_a_name_that_editions_carry_cuts_them_anew(monkeypatch):
    make_edition()
    author = make_author("Rory Quill")
    cut: list[object] = []
    monkeypatch.setattr("articles.admin.taxonomy.recompile", cut.append)
    page = reverse("admin:articles_author_change", args=[author.pk])
    nothing = {"links-0-name": "", "links-0-url": ""}
    visit(edith()).post(page, form_of(author, bio="Another.", **nothing))
    assert not cut
    visit(edith()).post(page, form_of(author, name="Rory Q.", **nothing))
    assert len(cut) == 1
