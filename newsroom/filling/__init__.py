"""Filling a PostgreSQL database with a paper as large as one likes, to measure how the site takes it.

Unlike the demo's, these stories are made by chance and written past the verbs, by COPY: 200,000 of them take minutes.
Every constraint of the database holds all the same, and every counter is what `comments` would have counted.
"""

from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from articles.layout import ROOM, Place
from articles.models import Article, Edition, Slot

from ..counting import fill_fronts
from . import bodies, people, plan, stories, talk
from .copying import Writer, free, in_bulk
from .plan import Names, Plan, TooFew
from .words import Chance

__all__ = ["Sizes", "TooFew", "fill"]

# So many comments a reader says; some readers there are in any paper.
COMMENTS_A_READER, FEWEST_READERS = 50, 60


@dataclass(frozen=True)
class Sizes:
    """How much of everything, and which of all papers of that size: the same seed gives the same one."""

    stories: int = 200_000
    editions: int = 300_000
    comments: int = 1_000_000
    seed: int = 1


@transaction.atomic
def fill(sizes: Sizes, *, is_quiet: bool = False) -> None:
    """Add a paper of these sizes to what is there. Raises TooFew where they do not go together."""
    writer, now = Writer(is_quiet=is_quiet), timezone.now()

    def chance(what: str) -> Chance:
        """Of its own for each kind of thing: more of one does not change the others."""
        return Chance(f"{sizes.seed} {what}")

    with in_bulk():
        cast = people.Cast(
            writers=people.staff("Writer"),
            editors=people.staff("Editor"),
            moderators=people.staff("Moderator"),
            readers=people.readers(
                writer, chance("readers"), max(FEWEST_READERS, sizes.comments // COMMENTS_A_READER), now
            ),
        )
        sections, topics = people.sections(), people.topics(sizes.stories)
        authors = people.authors([*cast.writers, *cast.editors])
        planned = plan.plans(
            chance("stories"),
            stories=sizes.stories,
            editions=sizes.editions,
            first=(free(Article), free(Edition)),
            names=Names(
                [section.pk for section in sections],
                {topic.pk: topic.name for topic in topics},
                {author.pk: author.name for author in authors},
                cast.writers,
                cast.editors,
            ),
            now=now,
        )
        paper = stories.Paper(planned, bodies.bodies(chance("bodies")), sections, topics, authors, now)
        stories.write(paper, writer, chance("corrections"))
        said = talk.Talk(chance("comments"), cast, bodies.remarks(chance("remarks"), sizes.comments), now)
        talk.write(planned, said, writer, sizes.comments)
        writer.set_sequences()
        put_on_fronts([story for story in planned if story.is_live(now)], cast.editors[0])


def put_on_fronts(live: list[Plan], editor: int) -> None:
    """The newest stories in the places of the front page and of the sections, and what readers read most."""
    newest = iter(live[::-1])
    for place in (Place.LEAD, Place.TOP, Place.PICKS):
        chosen = islice(newest, ROOM[place])
        rows = [Slot(place=place, article_id=story.pk, added_by_id=editor) for story in chosen]
        Slot.objects.bulk_create(rows)
    leads = {story.section: story.pk for story in live}
    Slot.objects.bulk_create(
        Slot(section_id=section, place=Place.LEAD, article_id=pk, added_by_id=editor) for section, pk in leads.items()
    )
    fill_fronts()


def analyze() -> None:
    """Tell the planner what is there now; outside a transaction, also which pages of the tables are full."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")
        cursor.execute("RESET statement_timeout")
