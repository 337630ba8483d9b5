"""What moderators watch: a list of one's own, put together from the cards, marked on them and looked for."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import erasing, watching
from comments.models import Watch
from comments.posting import Refused
from newsroom.takeout import gather
from tests.factories import ana, make_comment, make_edition, make_guest, make_section, make_user, mo, rosa, visit

pytestmark = pytest.mark.django_db


def found(client: Client) -> set[int]:
    return {card.comment.pk for card in client.get("/desk/?watched=on").context["cards"]}


def test_a_story_and_a_person_are_watched_from_a_card_and_no_longer():
    here, elsewhere, third = (make_comment(make_edition(), by=make_user(name)) for name in ("nell", "nora", "nick"))
    desk, url = visit(mo()), f"/desk/comments/{here.pk}/watch/"
    also = make_comment(make_edition(), by=here.author)
    answer = desk.post(url, {"what": "story", "back": "/desk/?q=a"}, follow=True)
    assert answer.redirect_chain == [("/desk/?q=a", 302)]
    assert "You watch this story." in answer.content.decode()
    assert found(desk) == {here.pk}
    told = desk.post(url, {"what": "person"}, headers={"Accept": "application/json"}).json()
    assert told == {"said": "You watch this person", "label": "Stop watching this person", "off": "1"}
    desk.post(url, {"what": "person"})
    assert Watch.objects.count() == 2
    assert found(desk) == {here.pk, also.pk}
    page = desk.get("/desk/").content.decode()
    assert page.count('<span class="chip chip--small">Watched</span>') == 3
    assert page.count('<span class="chip chip--small" hidden>Watched</span>') == 5
    assert found(visit(ana())) == set()
    for what in ("story", "person"):
        desk.post(url, {"what": what, "off": "1"})
    assert not Watch.objects.exists()
    assert {elsewhere.pk, third.pk}.isdisjoint(found(desk))


def test_whoever_may_not_decide_there_watches_nothing_there_and_nonsense_is_refused():
    edition = make_edition(section=make_section("tv").pk)
    comment = make_comment(edition)
    fern = make_user("fern", "Moderator")
    make_section("film").moderators.add(fern)
    for person in (rosa(), fern):
        with pytest.raises(PermissionDenied):
            watching.watch(comment, "story", by=person)
        assert visit(person).post(f"/desk/comments/{comment.pk}/watch/", {"what": "story"}).status_code in {403, 404}
    guests = make_comment(edition, by=make_guest(edition))
    for one, what in ((comment, "section"), (comment, ""), (guests, "person")):
        with pytest.raises(Refused):
            watching.watch(one, what, by=mo())
    assert visit(mo()).post(f"/desk/comments/{comment.pk}/watch/", {"what": "x\x00"}, follow=True).status_code == 200
    assert not Watch.objects.exists()


def test_it_is_told_to_both_with_their_data_and_leaves_with_either():
    comment = make_comment(make_edition())
    for what in ("story", "person"):
        watching.watch(comment, what, by=mo())
    assert [row["person__username"] for row in gather(mo())["watches"]] == [None, "rosa"]
    assert (len(gather(rosa())["watched"]), gather(rosa())["watches"]) == (1, [])
    assert "mo" not in str(gather(rosa())["watched"])
    erasing.erase(rosa())
    assert Watch.objects.get().person is None
    erasing.erase(mo())
    assert not Watch.objects.exists()


def test_what_one_watches_costs_as_many_queries_however_much_it_is():
    desk, counts = visit(mo()), []
    for _ in range(2):
        for _ in range(3):
            comment = make_comment(make_edition(), by=make_user(f"of-{len(counts)}-{Watch.objects.count()}"))
            for what in ("story", "person"):
                watching.watch(comment, what, by=mo())
        with CaptureQueriesContext(connection) as captured:
            desk.get("/desk/?watched=on")
        counts.append(len(captured))
    assert counts[0] == counts[1]
    among = [query["sql"] for query in captured if 'ORDER BY "comments_comment"' in query["sql"]]
    assert among
    assert not any("comments_watch" in sql for sql in among)
