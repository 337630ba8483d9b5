"""Looking for comments in a queue: by section, story, author, words, state and day, and what one watches."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Max, Q

from articles.models import Address, Section
from newsroom.lib.days import midnight
from newsroom.lib.people import Person

from ..models import Comment
from ..models.comment import CommentQuerySet
from ..models.remit import limits_of
from ..models.watch import watched_by
from ..workflow import State

# In so many of the newest comments words are looked for, unless an author or a story says where: without an index for
# parts of words the database reads each of them.
SEARCHED = 10_000


def day_field(label: str) -> forms.DateField:
    """A day that there can be comments of."""
    days = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
    widget = forms.DateInput({"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, validators=days, widget=widget)


class Search(forms.Form):
    """What to look for. All of it may be left out; what is nonsense is told."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    author = forms.CharField(label="Author", required=False, max_length=150)
    story = forms.CharField(label="Story", required=False, max_length=500)
    section = forms.ModelChoiceField(Section.objects.all(), required=False, empty_label="All")
    state = forms.ChoiceField(choices=[("", "All"), *State.choices], required=False)
    since, until = day_field("From"), day_field("To")
    watched = forms.BooleanField(label="Only what you watch", required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if mine := limits_of(by):
            self.fields["section"] = forms.ModelChoiceField(
                Section.objects.filter(pk__in=mine), required=False, empty_label="All of yours"
            )
        self.label_suffix = ""
        for name, hint in (("author", "user name or name"), ("story", "its address")):
            self.fields[name].widget.attrs["placeholder"] = hint

    def clean_q(self) -> str:
        return self.cleaned_data["q"].replace("\x00", "").strip()

    def clean_author(self) -> Q | None:
        """Who is meant, as a condition. Of guests the name they gave."""
        name = self.cleaned_data["author"].replace("\x00", "").strip()
        if not name:
            return None
        people = get_user_model().objects.filter(Q(username__iexact=name) | Q(display_name__iexact=name))
        keys = list(people.values_list("pk", flat=True)[:50])
        if not keys and not Comment.objects.filter(guest_name=name).exists():
            raise forms.ValidationError("Nobody here has this name.")
        return Q(author__in=keys) | Q(guest_name=name) if not keys else Q(author__in=keys)

    def clean_story(self) -> int | None:
        """The number of the article at an address of this site."""
        if not (text := self.cleaned_data["story"].replace("\x00", "").strip()):
            return None
        try:
            path = f"/{urlsplit(text).path.strip('/')}/"
        except ValueError:
            path = "/"
        found = Address.objects.filter(path=path).values_list("article", flat=True).first()
        if found is None:
            raise forms.ValidationError("No story has this address.")
        return found

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "That is before the first day.")
        return data

    @property
    def is_asked(self) -> bool:
        """Whether anything is looked for."""
        return any(self.cleaned_data.values())

    @property
    def is_of_the_newest(self) -> bool:
        """Whether words are looked for in the newest comments alone."""
        data = self.cleaned_data
        return bool(data["q"]) and not data["author"] and not data["story"]

    def among(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Those of the comments that are looked for."""
        data = self.cleaned_data
        wanted = {
            "body__icontains": data["q"],
            "discussion__article": data["story"],
            "discussion__article__section": data["section"],
            "state": data["state"],
            "posted_at__gte": data["since"] and midnight(data["since"]),
            "posted_at__lt": data["until"] and midnight(data["until"] + timedelta(days=1)),
        }
        watched = watched_by(self.by) if data["watched"] else Q()
        found = comments.filter(
            data["author"] or Q(), watched, **{name: value for name, value in wanted.items() if value}
        )
        if self.is_of_the_newest:
            newest = Comment.objects.aggregate(newest=Max("pk"))["newest"] or 0
            found = found.filter(pk__gt=newest - SEARCHED)
        return found
