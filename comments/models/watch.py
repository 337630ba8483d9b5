"""Watches: the stories and people that a moderator keeps an eye on, each moderator for themselves."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from newsroom.lib.people import Person

from .discussion import Discussion


class WatchQuerySet(models.QuerySet["Watch"]):
    """Whose watches ...?"""

    def of(self, person: Person) -> Self:
        return self.filter(by=person.pk)


class Watch(models.Model):
    """One story or one person on the list of one moderator."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    discussion = models.ForeignKey(Discussion, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["by", "discussion"], name="watch_of_story_once"),
            models.UniqueConstraint(fields=["by", "person"], name="watch_of_person_once"),
            models.CheckConstraint(
                condition=Q(discussion__isnull=False, person__isnull=True)
                | Q(discussion__isnull=True, person__isnull=False),
                name="watch_of_one_or_the_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} watches {f'person {self.person_id}' if self.person_id else f'story {self.discussion_id}'}"


def watched_by(person: Person) -> Q:
    """The comments on the stories, and by the people, that a moderator watches. One query, at once.

    By their keys: where an OR asks two other tables, the database reads every comment there is.
    """
    rows = list(Watch.objects.of(person).order_by().values_list("discussion", "person"))
    stories, people = [story for story, _ in rows if story], [watched for _, watched in rows if watched]
    return Q(discussion__in=stories) | Q(author__in=people)
