"""How fast comments may come in: limits of a person and of a household, which live in the database alone."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments import pace, posting
from comments.models import Comment, Sending
from tests.factories import make_edition, make_user, mo, ravi

pytestmark = pytest.mark.django_db


def send(edition, by, sender: str = "192.0.2.7", **data):
    client = Client(REMOTE_ADDR=sender)
    client.force_login(by)
    given = {"body": "I liked it.", "key": str(uuid.uuid4()), "advised": "on"} | data
    return client.post(f"/comments/{edition.article_id}/new/", given)


def sent(person, times: int, sender: str = "", ago: timedelta = timedelta(0)) -> None:
    """That somebody sent so many comments, so long ago."""
    before = set(Sending.objects.values_list("pk", flat=True))
    for _ in range(times):
        pace.why_too_fast(person, sender=sender)
    Sending.objects.exclude(pk__in=before).update(at=timezone.now() - ago)


def test_the_seventh_within_a_minute_waits_and_keeps_its_words():
    edition, person = make_edition(), ravi()
    for number in range(pace.A_MINUTE):
        assert send(edition, person, body=f"No. {number}").status_code == 302
    refused = send(edition, person, body="One too many")
    assert refused.status_code == 422
    assert "within a minute" in refused.content.decode()
    assert "One too many" in refused.content.decode()
    assert Comment.objects.filter(author=person, body="One too many").count() == 0
    # What was refused does not count: a minute later there is room again.
    assert Sending.objects.count() == pace.A_MINUTE
    Sending.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert send(edition, person, body="One too many").status_code == 302


def test_it_holds_with_the_cache_down(monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionError("no cache")

    edition, person = make_edition(), ravi()
    for verb in ("get", "set", "add", "incr", "get_or_set", "delete"):
        monkeypatch.setattr(type(cache._connections[cache._alias]), verb, down, raising=False)
    sent(person, pace.A_MINUTE)
    with pytest.raises(posting.TooFast, match="within a minute"):
        posting.post(edition, posting.Words("Hello"), by=person, key=uuid.uuid4(), sender="")


@pytest.mark.parametrize(
    ("sender", "other", "told"),
    [
        ("192.0.2.7", "192.0.2.7", "from your network"),
        ("192.0.2.7", "192.0.2.8", ""),
        ("2001:db8::1", "2001:db8::ffff", "from your network"),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", ""),
        ("", "", ""),
    ],
)
def test_a_household_has_a_limit_of_its_own(sender, other, told):
    for number in range(4):
        sent(make_user(f"one-{number}"), 5, sender=sender)
    assert told in pace.why_too_fast(ravi(), sender=other)
    assert bool(told) == bool(pace.why_too_fast(ravi(), sender=other))


def test_the_sixty_first_within_an_hour_waits():
    person = ravi()
    for minutes in range(10):
        sent(person, 6, ago=timedelta(minutes=5 * minutes + 2))
    assert "within an hour" in pace.why_too_fast(person, sender="")
    assert pace.why_too_fast(make_user("one"), sender="") == ""


def test_staff_are_not_slowed_and_the_same_form_again_is_no_second_sending():
    edition, key = make_edition(), str(uuid.uuid4())
    for _ in range(2 * pace.A_MINUTE):
        assert pace.why_too_fast(mo(), sender="192.0.2.7") == ""
    assert not Sending.objects.exists()
    for _ in range(2 * pace.A_MINUTE):
        assert send(edition, ravi(), key=key).status_code == 302
    assert Sending.objects.count() == 1


def test_advice_is_given_before_it_counts():
    assert send(make_edition(), ravi(), body="Nooooooooooooo", advised="").status_code == 422
    assert not Sending.objects.exists()


def test_what_is_kept_tells_neither_who_nor_from_where_and_that_for_a_day():
    person = ravi()
    send(make_edition(), person)
    row = Sending.objects.get()
    kept = f"{row.person} {row.sender} {row}"
    assert "192.0.2" not in kept
    assert person.username not in kept
    assert pace.household("192.0.2.7") == "192.0.2.7"
    Sending.objects.update(at=timezone.now() - timedelta(hours=25))
    call_command("tick", verbosity=0)
    assert not Sending.objects.exists()


def test_it_takes_two_queries(django_assert_num_queries):
    person = ravi()
    for times in (1, 3):
        sent(person, times)
        with django_assert_num_queries(2):
            pace.why_too_fast(person, sender="192.0.2.7")
