"""Search as readers have it: what is found, in which order, what narrows it, and that only live stories are there."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import embargo, intervals, publishing, trash
from articles.cutting import recompile
from articles.draft import BylinePart, Spoiler
from articles.management.commands import rebuild_search
from articles.models import Article, Edition, SearchEntry, SearchWord
from articles.search import finding, index
from articles.search.index import LONGEST_BODY
from tests.factories import (
    edith,
    make_article,
    make_author,
    make_edition,
    make_section,
    make_topic,
    publish,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NINE = datetime(2030, 3, 4, 9, tzinfo=UTC)


def ask(query: str = "", **more: str):
    response = Client().get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response


def headlines(query: str = "", **more: str) -> list[str]:
    found = ask(query, **more).context.get("found")
    return [result.card.headline for result in found.results] if found else []


def suggested(query: str) -> list[str]:
    response = Client().get("/search/suggest/", {"q": query})
    assert response.status_code == 200
    return [one["text"] for one in response.json()["suggestions"]]


def story(headline: str, **fields) -> Edition:
    return make_edition(headline=headline, **fields)


# --- Words in, stories out -------------------------------------------------------------------------


def test_every_word_must_be_there_wherever_in_the_story_it_stands():
    topic, author = make_topic("Kittiwake"), make_author("Wren Hale")
    story("One", dek="The quay", body="<p>At night</p>", topics=(topic.pk,), bylines=(BylinePart(author.pk),))
    story("Two", body="<p>At night</p>")
    for query in ("night quay", "kittiwake one", "Hale QUAY", "wren kittiwake night"):
        assert headlines(query) == ["One"], query
    assert len(headlines("night")) == 2
    assert headlines("night nonesuch") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"night train"', {"Night train"}),
        ("night train", {"Night train", "Train by night"}),
        ("night -train", {"Night bus"}),
        ('night -"night train"', {"Night bus", "Train by night"}),
        ("bus OR train -by", {"Night bus", "Night train"}),
        ("night AND bus", {"Night bus"}),
        ("trains nights", {"Night train", "Train by night"}),
        ("-train", set()),
    ],
)
def test_phrases_exclusions_and_alternatives(query, found):
    for headline in ("Night train", "Train by night", "Night bus"):
        story(headline)
    assert set(headlines(query)) == found


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café society", "cafe"),
        ("Cafe society", "café"),
        ("Cafe\u0301 society", "CAFÉ"),
        ("Die Straße", "strasse"),
        ("Die Strasse", "straße"),
        ("Œuvres complètes", "oeuvre completes"),
        ("Mädchen in Uniform", "madchen"),
        ("Ærø by ferry", "aero"),
        ("Spider-Man swings", "spider man"),
        ("Spider Man swings", "spider-man"),
        ("Rory’s ferries", "rory's ferry"),
        ("The Who reunite", "the who"),
        ("It returns", "it"),
        ("S2E8 recap", "s2e8"),
        ("2001 at fifty", "2001"),
        ("Привет из Москвы", "москвы"),
        ("שלום עולם", "שלום"),
    ],
)
def test_accents_case_and_plurals_do_not_matter(written, typed):
    story(written)
    assert headlines(typed) == [written]


def test_the_last_word_may_be_a_beginning():
    story("The Saltmarsh Signal ends")
    for typed in ("sal", "saltm", "signal salt", "SALTMARSH"):
        assert headlines(typed) == ["The Saltmarsh Signal ends"], typed
    assert headlines("salt signal") == headlines('"salt"') == []


def test_a_long_word_is_no_beginning_of_what_its_stem_begins():
    story("Internet drama")
    assert headlines("international") == []


def test_a_headline_counts_for_more_than_a_body():
    filler = "<p>" + "Other words of all kinds. " * 20 + "</p>"
    story("The lighthouse", body=filler)
    story("A dek", dek="The lighthouse keeps its lamp", body=filler)
    story("Newest", body=f"<p>The lighthouse.</p>{filler}")
    assert headlines("lighthouse") == ["The lighthouse", "A dek", "Newest"]
    assert headlines("lighthouse", sort="date") == ["Newest", "A dek", "The lighthouse"]


def test_snippets_show_the_words_and_nothing_is_markup_but_their_marks():
    story("Ferries <i> & more", dek="By <ferry>", body="<p>5 &lt; 6, said the ferry&#x27;s <b>captain</b>.</p>")
    page = ask("ferry").text
    assert "<mark>Ferries</mark> &lt;i&gt; &amp; more" in page
    assert "By &lt;<mark>ferry</mark>&gt;" in page
    assert "5 &lt; 6, said the <mark>ferry</mark>&#x27;s captain." in page


def test_what_is_typed_is_shown_as_text():
    hostile = '"><script>alert(1)</script>'
    for more in ({}, {"section": hostile}, {"sort": hostile}, {"page": hostile}):
        page = ask(hostile, **more).text
        assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_an_empty_search_tells_how_to_ask(django_assert_num_queries):
    for nothing in ("", "   ", '"', "(*)", "🦀", "-x"):
        assert "How to ask" in ask(nothing).text
        assert "found" not in ask(nothing).context


# --- Only what readers have ------------------------------------------------------------------------


def everywhere(word: str) -> str:
    """Whatever search says to somebody who looks for a word, for its beginning, and for one like it."""
    texts = [
        Client().get(path, {"q": asked}).text
        for path in ("/search/", "/search/suggest/")
        for asked in (word[:4], word[:-2], word[:-2] + "xy", "lure", "lur")
    ]
    return " ".join(texts).lower()


def hidden(verb) -> None:
    article = make_edition(**secret()).article
    take_down(verb, article)


def secret() -> dict:
    return {
        "headline": "Quetzalcoatlus lure",
        "dek": "Quetzalcoatlus",
        "body": "<p>Quetzalcoatlus lure</p>",
        "topics": (make_topic("Quetzalcoatlus").pk,),
        "bylines": (BylinePart(make_author("Quetzalcoatlus").pk),),
        "section": make_section("quetzalcoatlus").pk,
    }


def put_under_embargo() -> None:
    article = make_article(**secret())
    embargo.set_embargo(
        article, embargo.Terms(timezone.now() + HOUR, source="Kittiwake"), version=article.version, by=edith()
    )
    publish(article, timezone.now() + 2 * HOUR)


def trashed() -> None:
    article = take_down(publishing.unpublish, make_edition(**secret()).article)
    trash.trash(article, version=article.version, by=edith())


SITUATIONS = {
    "draft": lambda: make_article(**secret()),
    "scheduled": lambda: make_edition(timezone.now() + HOUR, **secret()),
    "embargoed": put_under_embargo,
    "unscheduled": lambda: take_down(publishing.unschedule, make_edition(timezone.now() + HOUR, **secret()).article),
    "unpublished": lambda: hidden(publishing.unpublish),
    "retracted": lambda: hidden(publishing.retract),
    "trashed": trashed,
    "superseded": lambda: republish(
        make_edition(**secret()).article,
        headline="Else",
        dek="",
        body="<p>Else</p>",
        topics=(),
        bylines=(BylinePart(make_author("Rory Quill").pk),),
        section=make_section().pk,
        slug="else",
    ),
    "a change that waits": lambda: republish(make_edition(headline="Live").article, timezone.now() + HOUR, **secret()),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_word_of_what_readers_do_not_have_comes_out(situation):
    SITUATIONS[situation]()
    assert headlines("quetzalcoatlus") == headlines("lure") == []
    # The masthead names every section, whether or not it has stories.
    assert "quetzalcoatlus" not in everywhere("quetzalcoatlus").replace('href="/quetzalcoatlus/">quetzalcoatlus', "")


def test_a_live_story_comes_out_everywhere():
    make_edition(**secret())
    assert "quetzalcoatlus lure" in everywhere("quetzalcoatlus")
    assert ask("quetzalcoatlxy").context["meant"].text == "quetzalcoatlus"


def test_a_story_is_found_from_its_moment_to_its_end_by_the_clock_alone():
    with time_machine.travel(NINE, tick=False) as clock:
        article = make_edition(NINE + HOUR, headline="Lighthouse").article
        article.refresh_from_db()
        publishing.expire(article, version=article.version, by=edith(), at=NINE + 2 * HOUR)
        assert (headlines("lighthouse"), suggested("lighth")) == ([], [])
        clock.move_to(NINE + HOUR)
        assert (headlines("lighthouse"), suggested("lighth")) == (["Lighthouse"], ["Lighthouse"])
        assert ask("lighthousr").context["meant"].text == "lighthouse"
        clock.move_to(NINE + 2 * HOUR)
        assert (headlines("lighthouse"), suggested("lighth")) == ([], [])
        assert "meant" not in ask("lighthousr").context


def test_a_change_takes_over_at_its_moment():
    with time_machine.travel(NINE, tick=False) as clock:
        edition = make_edition(headline="Harbour opens")
        republish(edition.article, NINE + HOUR, headline="Quayside opens")
        assert headlines("opens") == ["Harbour opens"]
        assert headlines("quayside") == []
        clock.move_to(NINE + HOUR)
        assert headlines("opens") == ["Quayside opens"]
        assert headlines("harbour") == []


def test_a_story_brought_back_is_found_again():
    article = make_edition(headline="Lighthouse").article
    take_down(publishing.unpublish, article)
    assert headlines("lighthouse") == []
    take_down(publishing.bring_back, article)
    assert headlines("lighthouse") == ["Lighthouse"]


def test_what_gives_much_away_is_found_and_shown_by_its_other_headline():
    body = '<p>On the quay.</p><details class="spoiler"><summary>Who</summary><p>The pterodactyl did it.</p></details>'
    make_edition(
        slug="quay",
        headline="The pterosaur dies",
        safe_headline="An ending on the quay",
        spoiler=Spoiler.ENDING,
        body=body,
    )
    assert headlines("quay") == ["An ending on the quay"]
    assert headlines("pterosaur") == []
    assert "pterosaur" not in everywhere("pterosaur").replace("pterosaxy", "")
    assert suggested("endi") == ["An ending on the quay"]


def test_what_a_spoiler_hides_is_not_found():
    make_edition(
        body='<p>Before.</p><details class="spoiler"><summary>Who</summary><p>The pterodactyl did it.</p></details>'
    )
    assert headlines("pterodactyl") == []


# --- Narrowing down --------------------------------------------------------------------------------


@pytest.fixture
def paper() -> None:
    """Five stories of ferries in two sections, by two authors, in two years."""
    keep, bell = make_topic("Widows Keep"), make_topic("The Bell")
    wren, rory = make_author("Wren Hale"), make_author("Rory Quill")
    for number in range(5):
        with time_machine.travel(datetime(2024 + number // 3, 6, 1, number, tzinfo=UTC), tick=False):
            make_edition(
                headline=f"Ferry {number}",
                section=make_section("tv" if number % 2 else "film").pk,
                topics=(keep.pk, bell.pk) if number < 2 else (keep.pk,),
                bylines=(BylinePart(wren.pk), BylinePart(wren.pk, "pictures")) if number else (BylinePart(rory.pk),),
            )


@pytest.mark.usefixtures("paper")
def test_facets_count_the_stories_found():
    facets = ask("ferry").context["found"].facets
    counts = {name: [(choice.name, choice.count) for choice in choices] for name, choices in facets.items()}
    assert counts == {
        "section": [("FILM", 3), ("TV", 2)],
        "topic": [("Widows Keep", 5), ("The Bell", 2)],
        "author": [("Wren Hale", 4), ("Rory Quill", 1)],
        "year": [("2025", 2), ("2024", 3)],
    }


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"section": "tv"}, [3, 1]),
        ({"topic": "the-bell"}, [1, 0]),
        ({"author": "wren-hale"}, [4, 3, 2, 1]),
        ({"year": "2025"}, [4, 3]),
        ({"section": "film", "year": "2024", "topic": "the-bell"}, [0]),
        ({"section": "nowhere"}, []),
    ],
)
def test_a_choice_narrows_and_can_be_taken_off(chosen, found):
    response = ask("ferry", sort="date", **chosen)
    results = response.context["found"].results
    assert [result.card.headline for result in results] == [f"Ferry {number}" for number in found]
    off = [address for _, _, address in response.context["chosen"]]
    assert len(off) == len(chosen)
    if len(chosen) == 1:
        assert off == ["?q=ferry&sort=date"]
        assert len(Client().get(f"/search/{off[0]}").context["found"].results) == 5
    assert headlines(**chosen) == [f"Ferry {number}" for number in found]


@pytest.mark.usefixtures("paper")
def test_every_link_that_narrows_finds_as_many_as_it_says():
    page = ask("ferry", section="film")
    for narrowing in page.context["narrowings"]:
        for address, choice in narrowing.links:
            assert f'href="{address.replace("&", "&amp;")}"' in page.text
            found = Client().get(f"/search/{address}").context["found"]
            assert found.total == choice.count
            assert "section=film" in address


def test_a_slug_that_no_story_has_is_not_looked_up():
    make_article(headline="Draft", topics=(make_topic("Quetzal Coatl").pk,))
    make_edition(headline="Ferry")
    page = ask("ferry", topic="quetzal-coatl").text
    assert "Quetzal Coatl" not in page
    assert "quetzal-coatl" in page


def test_a_common_word_is_counted_to_a_limit(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    for number in range(4):
        make_edition(headline=f"Ferry {number}")
    found = ask("ferry").context["found"]
    assert (found.total, found.has_more) == (3, True)
    assert {result.card.headline for result in found.results} == {"Ferry 1", "Ferry 2", "Ferry 3"}
    assert "3+" in ask("ferry").text


def test_pages_hold_every_story_once(monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 4)
    for number in range(10):
        make_edition(headline=f"Ferry {number}")
    seen = [headline for page in ("1", "2", "3") for headline in headlines("ferry", page=page)]
    assert sorted(seen) == [f"Ferry {number}" for number in range(10)]
    assert headlines("ferry", page="999") == headlines("ferry", page="3")
    for nonsense in ("0", "-1", "x", "9" * 30, "١", "\x00"):
        assert headlines("ferry", page=nonsense) == headlines("ferry")
    middle = ask("ferry", page="2", sort="date")
    assert (middle.context["before_url"], middle.context["after_url"]) == (
        "?q=ferry&sort=date",
        "?q=ferry&sort=date&page=3",
    )


# --- Where nothing is found ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lighthuose", "lighthouse"),
        ("ligthouse keepr", "lighthouse keeper"),
        ("lihgthouse -train", "lighthouse -train"),
        ('"ligthouse keeper"', '"lighthouse keeper"'),
        ("Quennevile’s lihgthouse", None),
        ("wren hael", "wren hale"),
        ("nihgt", "night"),
        ("zzzzzzzz", None),
        ("kéeper lighthuose", "kéeper lighthouse"),
    ],
)
def test_what_was_meant_is_offered_with_what_there_is_of_it(typed, meant):
    story("The lighthouse keeper at night", topics=(make_topic("Wren Hale").pk,))
    context = ask(typed).context
    assert (context["meant"].text if "meant" in context else None) == meant
    if meant:
        assert [result.card.headline for result in context["meant"].results] == ["The lighthouse keeper at night"]
        assert Client().get(f"/search/{context['meant'].address}").context["found"].total == 1


def test_where_nothing_comes_to_mind_the_newest_stories_stand():
    story("The lighthouse")
    page = ask("zzzzzzzz")
    assert "No story has “zzzzzzzz”" in page.text
    assert [card.headline for card in page.context["newest"]] == ["The lighthouse"]


def test_a_search_that_is_too_narrow_can_be_widened():
    make_edition(headline="Ferry")
    assert 'href="?q=ferry"' in ask("ferry", section="film").text


# --- Suggestions -----------------------------------------------------------------------------------


def test_topics_and_headlines_are_suggested_by_the_beginnings_of_words():
    topic = make_topic("Widows Keep")
    story("The widow’s lighthouse", topics=(topic.pk,))
    story("Lighthouse keepers", bylines=(BylinePart(make_author("Wren Hale").pk),))
    assert suggested("wid") == ["Widows Keep", "The widow’s lighthouse"]
    assert suggested("lightho") == ["Lighthouse keepers", "The widow’s lighthouse"]
    assert suggested("LIGHTHOUSE ké") == ["Widows Keep", "Lighthouse keepers", "The widow’s lighthouse"][1:]
    assert suggested("wren h") == ["Lighthouse keepers"]
    assert suggested("ighthouse") == suggested("l") == suggested("") == suggested("%") == []


def test_suggestions_take_one_query_whatever_the_number_of_stories(django_assert_num_queries):
    for count in (1, 30):
        for _ in range(count):
            make_edition(topics=(make_topic("Widows Keep").pk,))
        with django_assert_num_queries(1):
            suggested("story num")


# --- Whatever is typed -----------------------------------------------------------------------------

HOSTILE = [
    "'",
    '"',
    '""',
    "(",
    ")))(",
    "AND",
    "OR",
    "NOT",
    "a AND",
    "OR b",
    "NEAR(a b)",
    "*",
    "a*",
    "^a",
    "col:x",
    "headline: x",
    "-",
    "--",
    "-a",
    "a -",
    "\\",
    "a\\'b",
    "'; drop table articles_edition; --",
    "a & b | !c <-> d:*",
    "%s %d {0} %(x)s",
    "\x00",
    "a\x00b",
    "🦀 crab 🦀",
    "שלום عربي",
    "\u202egnirts",
    "\ufeff",
    "e\u0301" * 50,
    "ﬁ ǆ ß İ ı",
    "漢字かな交じり文",
    "x" * 10_000,
    "a " * 5_000,
    '"a" ' * 50,
    "a OR " * 100,
    "-a " * 100,
    "'" * 300,
    "http://x.example/?q=1&b=2 me@example.com 1.5e10 /a/b",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_is_answered(query):
    make_edition(headline="a b c x crab")
    for more in ({}, {"sort": query, "page": query, "section": query, "topic": query, "author": query, "year": query}):
        assert ask(query, **more).status_code == 200
        assert isinstance(suggested(query), list)
    if "\x00" not in query:
        assert ask("crab", topic=query[:120], year="1999").status_code == 200


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.lists(st.sampled_from([*HOSTILE, "crab", "ab", "a"]), max_size=6).map(" ".join))
def test_whatever_can_be_typed_is_answered(query):
    if not Edition.objects.exists():
        make_edition(headline="a b c x crab")
    ask(query)
    suggested(query)


def test_the_longest_query_is_two_hundred_characters():
    assert len(ask("x" * 10_000).context["wanted"].text) == 200
    assert 'maxlength="200"' in ask().text


# --- Cost ------------------------------------------------------------------------------------------


def crowd(count: int) -> None:
    """So many more stories like the first, in the index."""
    model = Edition.objects.earliest("pk")
    articles = Article.objects.bulk_create(
        Article(headline=f"S{n}", section_id=model.section_id, created_by=edith(), saved_by=edith())
        for n in range(count)
    )
    editions = Edition.objects.bulk_create(
        copy_of(model, id=None, article_id=one.pk, path=f"/s/{one.pk}/") for one in articles
    )
    SearchEntry.objects.bulk_create(copy_of(model.search_entry, edition_id=edition.pk) for edition in editions)
    words = list(model.search_words.values_list("pk", flat=True))
    index.WordLink.objects.bulk_create(
        index.WordLink(edition_id=edition.pk, searchword_id=word) for edition in editions for word in words
    )
    with connection.cursor() as cursor:
        # As databases do by themselves, in time.
        cursor.execute("ANALYZE")


def copy_of(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**values | changes)


QUERIES = {
    "found": "ferry",
    "a phrase": '"ferry story"',
    "misspelt": "ferrxy",
    "nothing": "zzzzzz",
    "narrowed": "ferry&section=tv&topic=widows-keep&author=rory-quill&year=2026",
    "empty": "",
}


def test_a_search_takes_at_most_four_queries_whatever_the_number_of_stories(capsys):
    make_edition(headline="Ferry story", topics=(make_topic().pk,))
    cost = {}
    for more in (49, 4950):
        crowd(more)
        for name, query in QUERIES.items():
            with CaptureQueriesContext(connection) as asked:
                assert Client().get(f"/search/?q={query}").status_code == 200
            cost.setdefault(name, []).append(len(asked))
    assert all(few == many <= 4 for few, many in cost.values()), cost


# --- The index -------------------------------------------------------------------------------------


def rows() -> tuple[int, int]:
    return SearchEntry.objects.count(), index.WordLink.objects.count()


def test_the_index_is_written_with_the_edition_and_goes_with_it():
    with time_machine.travel(NINE, tick=False) as clock:
        first = make_edition(headline="Harbour")
        republish(first.article, headline="Quayside")
        assert SearchEntry.objects.count() == 2
        clock.move_to(NINE + HOUR)
        intervals.mark_past()
        assert SearchEntry.objects.get().edition_id != first.pk
        assert set(index.WordLink.objects.values_list("edition", flat=True)) == {SearchEntry.objects.get().pk}


def test_a_cut_that_fails_leaves_nothing(monkeypatch):
    def fails(*args, **more):
        raise RuntimeError("on purpose")

    article = make_article(headline="Harbour")
    monkeypatch.setattr("articles.intervals._date_later_ones", fails)
    with pytest.raises(RuntimeError):
        publish(article)
    assert not SearchEntry.objects.exists()
    assert not SearchWord.objects.exists()


def test_recompiling_brings_a_new_name_into_the_index():
    topic = make_topic("Old name")
    make_edition(headline="Ferry", topics=(topic.pk,))
    topic.name = "Another"
    topic.save()
    recompile(Edition.objects.all())
    assert headlines("another") == ["Ferry"]
    assert headlines("old") == []
    assert ask("ferry").context["found"].facets["topic"][0].name == "Another"


def test_a_discarded_story_leaves_no_row():
    article = take_down(publishing.unpublish, make_edition(headline="Harbour").article)
    article = trash.trash(article, version=article.version, by=edith())
    trash.delete(article, by=make_superuser())
    assert rows() == (0, 0)


def make_superuser():
    return type(edith()).objects.create_superuser("root", "root@example.com", "x")


def test_a_very_long_story_is_found_by_its_beginning():
    make_edition(headline="Long", body="<p>" + "𐐀𐐁𐐂𐐃" * 30_000 + "</p>")
    words = " ".join(
        f"{number:x}".translate(str.maketrans("0123456789abcdef", "𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎𐐏")) for number in range(40_000)
    )
    edition = make_edition(headline="Longer")
    edition.text = f"lighthouse {words} quayside"
    assert len(edition.text) > LONGEST_BODY
    index.write(edition)
    edition.save()
    assert headlines("lighthouse") == ["Longer"]
    assert headlines("quayside") == []


def test_rebuilding_writes_what_is_lacking_and_takes_out_what_is_past(capsys):
    first, second = make_edition(headline="Harbour"), make_edition(headline="Quayside")
    before = rows()
    index.drop([second.pk])
    Edition.objects.filter(pk=first.pk).update(past=True, ends_at=timezone.now(), ended_as="expired")
    call_command("rebuild_search")
    assert "wrote 1 editions, took out 1 that are past" in capsys.readouterr().out
    assert headlines("quayside") == ["Quayside"]
    call_command("rebuild_search", "--all")
    call_command("rebuild_search")
    assert "wrote 0 editions, took out 0" in capsys.readouterr().out
    assert rows()[0] == before[0] - 1


def test_housekeeping_writes_what_is_lacking(capsys):
    edition = make_edition(headline="Harbour")
    index.drop([edition.pk])
    call_command("tick")
    call_command("tick")
    assert "indexed 1" in capsys.readouterr().out
    assert headlines("harbour") == ["Harbour"]


def test_rebuilding_can_be_stopped_and_gone_on_with(monkeypatch):
    editions = [make_edition() for _ in range(5)]
    monkeypatch.setattr(rebuild_search, "BATCH", 2)
    SearchEntry.objects.all().delete()
    rewrite, calls = index.rewrite, iter(range(9))

    def interrupted(keys):
        if next(calls) == 1:
            raise KeyboardInterrupt
        return rewrite(keys)

    monkeypatch.setattr(index, "rewrite", interrupted)
    with pytest.raises(CommandError, match=f"rebuild_search --all --from {editions[2].pk}"):
        call_command("rebuild_search", "--all")
    assert SearchEntry.objects.count() == 2
    call_command("rebuild_search", "--all", "--from", str(editions[2].pk))
    assert SearchEntry.objects.count() == 5


# --- How browsers and search engines are told ------------------------------------------------------


def test_search_is_on_every_page_and_stays_out_of_search_engines():
    make_edition(headline="Ferry")
    for path in ("/", "/tv/", "/search/"):
        assert 'href="/search/"' in Client().get(path).text
        assert 'href="/opensearch.xml"' in Client().get(path).text
    for response in (ask(), ask("ferry"), Client().get("/search/suggest/?q=fer")):
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
    assert 'content="noindex"' in ask("ferry").text
    assert 'action="/search/"' in Client().get("/nowhere/").text


def test_browsers_are_told_how_to_ask():
    root = ElementTree.fromstring(Client().get("/opensearch.xml").text)
    url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url").attrib
    assert url["template"] == "http://localhost:8000/search/?q={searchTerms}"


def test_suggestions_are_data_and_nothing_else():
    make_edition(headline="Ferry </script><b>")
    response = Client().get("/search/suggest/?q=ferr")
    assert response["Content-Type"] == "application/json"
    assert set(json.loads(response.content)) == {"suggestions"}
