"""Doors that are shut: every address of the desk and the admin, tried by everyone who has no business there.

The addresses come from the map of the site, so a new one is tried without anyone thinking of it. Who may do what where
in which state of a story is tried in tests/security/test_matrix.py.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from articles.models import Article
from comments.models import Comment
from tests.factories import (
    edith,
    make_article,
    make_comment,
    make_edition,
    make_picture,
    make_topic,
    make_user,
    mo,
    rory,
    rosa,
    visit,
    wren,
)
from tests.security.walking import fill, holes, staff_patterns

pytestmark = pytest.mark.django_db

CANARY = "Quetzalcoatlus"
SAMPLES = {"app_label": "articles", "content_type_id": "1", "url": "anything", "name": "x"}


def addresses(under: str, samples: dict[str, str]) -> list[str]:
    """Every address below `under`, with sample values for what varies."""
    found = [pattern for pattern in staff_patterns() if pattern.startswith(f"/{under}")]
    return sorted({fill(one, dict.fromkeys(holes(one), samples["pk"]) | samples) for one in found})


def assert_turned_away(client: Client, url: str, **data: str):
    for response in (client.get(url, data), client.post(url, data), client.head(url), client.put(url)):
        assert response.status_code in {302, 401, 403, 404, 405}, f"{response.request['REQUEST_METHOD']} {url}"
        assert CANARY not in getattr(response, "content", b"").decode(), url
        if response.status_code == 302:
            assert "/login/" in response["Location"], url


def nobody() -> None:
    """Somebody who is not signed in."""


@pytest.mark.parametrize("who", [nobody, rosa, rory, edith])
def test_the_desk_is_shut_to_all_but_moderators(who):
    comment = make_comment(make_edition(), body=CANARY)
    urls = addresses("desk/", {"pk": str(comment.pk)})
    assert len(urls) >= 3
    for url in urls:
        assert_turned_away(visit(who()), url, version="1", reason="spam")
    assert Comment.objects.get(pk=comment.pk).state == "held"


def test_a_stranger_is_asked_to_sign_in_at_every_address_of_the_desk():
    comment = make_comment(make_edition())
    for url in addresses("desk/", {"pk": str(comment.pk)}):
        answers = {visit(None).get(url).status_code, visit(None).post(url).status_code}
        assert answers in ({302}, {302, 405}), url


@pytest.mark.parametrize("who", [rosa, edith])
def test_the_desk_tells_nobody_outside_whether_there_is_such_a_comment(who):
    comment, client = make_comment(make_edition()), visit(who())
    for there, gone in zip(*(addresses("desk/", {"pk": str(pk)}) for pk in (comment.pk, 999_999)), strict=True):
        assert client.post(there).status_code == client.post(gone).status_code, there


def test_the_desk_is_open_to_moderators():
    make_comment(make_edition(), body=CANARY)
    assert CANARY in visit(mo()).get("/desk/").content.decode()


def test_a_moderator_who_has_left_finds_the_desk_shut():
    client, gone = visit(mo()), mo()
    gone.is_active = False
    gone.save()
    assert_turned_away(client, "/desk/")


def admin_addresses(article: Article) -> list[str]:
    """Every address of the admin; whatever key an address has, it gets that of our story and its edition."""
    samples = SAMPLES | {"pk": str(article.pk), "object_id": str(article.pk)}
    shut = [url for url in addresses("admin/", samples) if url not in {"/admin/login/", "/admin/logout/"}]
    assert len(shut) > 30
    return shut


@pytest.mark.parametrize("who", [nobody, rosa])
def test_the_admin_is_shut_to_readers_and_strangers(who):
    article = make_article(headline=CANARY, topics=(make_topic(CANARY).pk,))
    make_picture(CANARY)
    client = visit(who())
    for url in admin_addresses(article):
        assert_turned_away(client, url)
    assert Article.objects.get(pk=article.pk).version == article.version


def test_rights_without_being_staff_do_not_open_the_admin():
    article = make_article(headline=CANARY)
    client = visit(make_user("half", "Writer", "Editor"))
    for url in admin_addresses(article):
        assert_turned_away(client, url)


@pytest.mark.parametrize("who", [wren, mo])
def test_no_page_of_the_admin_shows_or_changes_a_story_that_is_not_ones_own(who):
    article = make_article(by=rory(), headline=CANARY, dek=CANARY, body=f"<p>{CANARY}</p>")
    before = (article.version, article.stage, article.events.count(), article.revisions.count())
    client, pk = visit(who()), article.pk
    for url in admin_addresses(article):
        for response in (client.get(url), client.post(url, {"version": article.version, "note": "x"})):
            assert CANARY not in getattr(response, "content", b"").decode(), url
    article = Article.objects.get(pk=pk)
    assert before == (article.version, article.stage, article.events.count(), article.revisions.count())


def test_no_page_of_the_admin_lets_a_writer_at_people_roles_or_records():
    make_article(by=rory())
    client = visit(rory())
    for model in ("user", "group", "edition", "event", "revision", "address", "comment", "discussion", "decision"):
        for url in (f"/admin/newsroom/{model}/", f"/admin/auth/{model}/", f"/admin/articles/{model}/add/"):
            assert client.get(url).status_code in {403, 404}, url
            assert client.post(url, {"action": "delete_selected"}).status_code in {403, 404}, url


def test_a_writer_publishes_through_no_address_of_the_admin():
    article = make_article(by=rory())
    client = visit(rory())
    for url in admin_addresses(article):
        client.post(url, {"version": article.version, "read_version": article.version, "note": "x"})
    assert not article.editions.exists()
    assert Article.objects.get(pk=article.pk).stage in {"draft", "in_review"}


def test_signing_in_leads_to_no_other_site():
    response = Client().get("/desk/", headers={"host": "testserver"})
    assert response["Location"] == "/accounts/login/?next=/desk/"


def test_on_site_leads_only_to_what_one_sees_in_the_admin():
    edition, topic = make_edition(headline=CANARY), make_topic()
    kinds = ContentType.objects
    urls = {row: f"/admin/r/{kinds.get_for_model(row).pk}/{row.pk}/" for row in (topic, edition, edition.article)}
    assert visit(rory()).get(urls[topic])["Location"].endswith("/topics/widows-keep/")
    for who, row in ((mo, topic), (mo, edition), (rory, edition), (edith, edition), (wren, edition.article)):
        assert visit(who()).get(urls[row]).status_code == 404, (who, row)
    for nonsense in ("/admin/r/x/1/", "/admin/r/999999/1/", "/admin/r/1/x/", f"/admin/r/{'9' * 30}/1/"):
        assert visit(edith()).get(nonsense).status_code == 404, nonsense
