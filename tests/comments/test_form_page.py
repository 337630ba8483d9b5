"""The form as a page, and as JSON for the script: what becomes of a comment, and of words that are refused."""

import uuid

import pytest

from articles import publishing
from comments.models import Comment, Discussion
from tests.factories import make_comment, make_edition, make_shown_comment, ravi, reject, rosa, take_down

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def form_url(edition) -> str:
    return f"/comments/{edition.article_id}/new/"


def send(client, edition, body="What I think", headers=None, **more):
    data = {"body": body, "key": str(uuid.uuid4())} | more
    return client.post(form_url(edition), data, headers=headers)


def test_a_reader_who_is_not_signed_in_is_asked_to(client):
    edition = make_edition()
    for response in (client.get(form_url(edition)), send(client, edition)):
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=/comments/")
    assert not Comment.objects.exists()


def test_a_newcomers_comment_waits_and_the_page_says_why(client):
    edition = make_edition()
    client.force_login(rosa())
    response = send(client, edition)
    assert response.status_code == 201
    assert "first two comments" in response.content.decode()
    assert "What I think" not in client.get(edition.path).content.decode()


def test_a_regulars_comment_is_on_the_page_at_once(client):
    edition = make_edition()
    client.force_login(ravi())
    response = send(client, edition, body="**Loud** & clear")
    comment = Comment.objects.get(discussion__article=edition.article)
    assert (response.status_code, response["Location"]) == (302, comment.get_absolute_url())
    for url in (edition.path, comment.get_absolute_url(), f"/comments/{edition.article_id}/"):
        assert "<p><strong>Loud</strong> &amp; clear</p>" in client.get(url).content.decode(), url


def test_the_script_gets_the_comment_as_its_author_sees_it(client):
    edition = make_edition()
    client.force_login(rosa())
    response = send(client, edition, headers=JSON)
    told = response.json()
    assert (response.status_code, told["state"]) == (201, "held")
    assert "What I think" in told["html"]
    assert "first two comments" in told["message"]


def test_the_script_is_told_how_many_comments_there_are_now(client):
    edition = make_edition()
    client.force_login(ravi())
    counts = [send(client, edition, body=f"No. {n}.", headers=JSON).json()["count"] for n in range(2)]
    assert counts == [1, 2]


def test_the_same_form_sent_twice_is_one_comment(client):
    edition, key = make_edition(), str(uuid.uuid4())
    client.force_login(ravi())
    first, second = (send(client, edition, key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Comment.objects.filter(discussion__article=edition.article).count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"body": ""}, "Write something first."),
        ({"body": "x" * 5001}, "5,000 characters"),
        ({"body": "My words", "key": "no-key"}, "My words"),
        ({"body": "My words", "key": ""}, "My words"),
    ],
)
def test_what_is_refused_is_shown_again_with_its_reason_and_its_words(client, more, said):
    edition = make_edition()
    client.force_login(rosa())
    response = send(client, edition, **more)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert more["body"] in page
    assert not Comment.objects.exists()
    told = send(client, edition, headers=JSON, **more)
    assert (told.status_code, bool(told.json()["message"])) == (422, True)


def close(edition):
    Discussion.objects.filter(article=edition.article).update(mode="closed")


def test_a_discussion_closed_meanwhile_answers_409_and_gives_the_words_back(client):
    edition = make_edition()
    client.force_login(rosa())
    close(edition)
    response = send(client, edition, body="Words <worth> keeping")
    assert response.status_code == 409
    assert "Words &lt;worth&gt; keeping" in response.content.decode()
    assert send(client, edition, headers=JSON).status_code == 409
    assert client.get(form_url(edition)).status_code == 409
    assert not Comment.objects.exists()


def test_a_closed_discussion_is_still_read_and_offers_no_form(client):
    edition = make_edition()
    make_shown_comment(edition, body="Said before")
    close(edition)
    page = client.get(edition.path).content.decode()
    assert "Said before" in page
    assert "This discussion is closed" in page
    assert form_url(edition) not in page


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.retract])
def test_a_story_readers_do_not_have_has_no_form(client, verb):
    edition = make_edition()
    take_down(verb, edition.article)
    client.force_login(rosa())
    assert client.get(form_url(edition)).status_code == 404
    assert send(client, edition).status_code == 404
    assert client.get(f"/comments/{edition.article_id}/me/").status_code == 404


def test_an_answer_shows_what_it_answers_and_stands_below_it(client):
    edition = make_edition()
    head = make_shown_comment(edition, body="The first word")
    client.force_login(ravi())
    assert "The first word" in client.get(form_url(edition), {"parent": head.pk}).content.decode()
    send(client, edition, parent=head.pk)
    assert Comment.objects.get(parent=head).root == head


def hidden_comments(edition) -> list[Comment]:
    held = make_comment(edition, body="Secret while held")
    return [held, reject(make_comment(edition, by=ravi(), body="Secret since rejected"))]


def test_the_form_shows_nobody_a_comment_that_is_not_shown(client):
    edition = make_edition()
    client.force_login(ravi())
    for hidden in hidden_comments(edition):
        response = client.get(form_url(edition), {"parent": hidden.pk})
        assert response.status_code == 404
        assert "Secret" not in response.content.decode()


def test_an_answer_to_what_was_removed_meanwhile_keeps_its_words_and_shows_not_what_was_removed(client):
    edition = make_edition()
    client.force_login(ravi())
    for hidden in hidden_comments(edition):
        response = send(client, edition, body="My long answer", parent=hidden.pk)
        page = response.content.decode()
        assert response.status_code == 422
        assert "My long answer" in page
        assert "not there any more" in page
        assert "Secret" not in page


@pytest.mark.parametrize("parent", ["0", "x", "-1", "99999999", "9" * 40, "١"])
def test_an_answer_to_nothing_is_not_found(client, parent):
    edition = make_edition()
    client.force_login(rosa())
    assert client.get(form_url(edition), {"parent": parent}).status_code == 404


def test_a_comment_of_another_story_cannot_be_answered_here(client):
    elsewhere = make_shown_comment(make_edition())
    client.force_login(ravi())
    assert client.get(form_url(make_edition()), {"parent": elsewhere.pk}).status_code == 404


def test_what_a_reader_wrote_is_escaped_wherever_it_stands(client):
    edition, by = make_edition(), ravi()
    by.display_name = "<script>alert(1)</script>"
    by.save()
    comment = make_comment(edition, by=by, body="<script>alert(2)</script> https://a.example/?a=1&b=2")
    client.force_login(by)
    urls = [edition.path, comment.get_absolute_url(), f"/comments/{edition.article_id}/", "/accounts/"]
    for url in [*urls, f"{form_url(edition)}?parent={comment.pk}"]:
        page = client.get(url).content.decode()
        assert "<script>alert" not in page, url
        assert "&lt;script&gt;alert(2)" in page, url


@pytest.mark.parametrize("body", ["z" + "\u0301" * 1_000_000, "\u202e" * 400_000, "x" * 3_000_000])
def test_a_flood_of_marks_is_refused(client, body):
    edition = make_edition()
    client.force_login(ravi())
    assert send(client, edition, body=body).status_code in {400, 413, 422}
    assert not Comment.objects.filter(discussion__article=edition.article).exists()
