"""The editor's form, and the Draft it makes. It writes nothing: editing.save does."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from newsroom.lib.numbers import number

from ..draft import COLUMNS, BylinePart, Draft
from ..models import Article, Byline, Topic
from ..preflight import HEADLINE_SHOULD_BE
from .key_select import KeySelectMultiple, KeySelectsMixin
from .presence import is_looking
from .widgets import StoryField

POINTERS = ["section", "lead_image", "safe_image"]


def counted(rows: int, most: int, good: int, **more: str) -> forms.Textarea:
    """A box that grows with its words: `most` are allowed, up to `good` are shown whole elsewhere (counts.js)."""
    return forms.Textarea(attrs={"rows": rows, "maxlength": most, "data-good": good, **more})


def as_typed(field: models.Field, **options: Any) -> forms.Field | None:
    """The form's field: an address without a scheme is taken for https, an answer keeps its place among the lines."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    if field.name == "answers":
        options["strip"] = False
    return field.formfield(**options)


class StoryForm(forms.ModelForm):
    """Every field an editor can set, with the version of the words on screen.

    Nothing is required: a draft may be saved at any time. `problem` is a sentence from a verb that refused.
    `looking` draws it with nothing to change; not even the version would be sent, so nothing could be saved by it.
    """

    problem: str = ""
    looking: bool = False
    # Not "version": the admin refuses the name of a column that no form may set.
    read_version = forms.IntegerField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), min_value=1)
    body = StoryField(required=False)
    # Not "topics": the admin refuses a field of that name, whose rows it could not write itself.
    about = forms.ModelMultipleChoiceField(
        Topic.objects,
        label="Topics",
        required=False,
        widget=KeySelectMultiple(Article._meta.get_field("topics"), admin.site),
    )

    class Meta:
        model = Article
        fields = [*COLUMNS, *POINTERS]
        formfield_callback = as_typed
        widgets = {
            "headline": counted(2, 200, HEADLINE_SHOULD_BE, placeholder="Headline"),
            "dek": counted(2, 400, 200),
            "safe_headline": counted(2, 200, HEADLINE_SHOULD_BE),
            "search_title": counted(1, 120, 60),
            "search_description": counted(3, 320, 155),
            "social_title": counted(1, 200, 95),
            "social_description": counted(2, 320, 155),
            "prompt": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            "answers": forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["read_version"] = self.instance.version
        self.initial["about"] = list(self.instance.topic_links.values_list("topic", flat=True))
        if self.looking:
            disable(self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.problem:
            raise forms.ValidationError(self.problem)
        return data

    def topic_ids(self) -> tuple[int, ...]:
        """The chosen topics: those the story had in their order, then the new ones as they were chosen."""
        chosen = {topic.pk for topic in self.cleaned_data["about"]}
        sent: list[str] = self.data.getlist(self.add_prefix("about"))  # type: ignore[attr-defined]
        order = dict.fromkeys([*self.initial["about"], *map(number, sent)])
        return tuple(pk for pk in order if pk in chosen)

    def to_draft(self, bylines: "BylineFormSet") -> Draft:
        """The draft that the form and its lines of the byline describe."""
        data = self.cleaned_data
        columns: dict[str, Any] = {name: data[name] for name in COLUMNS}
        pointers: dict[str, Any] = {name: data[name].pk if data[name] else None for name in POINTERS}
        return Draft(
            **columns,
            **pointers,
            topics=self.topic_ids(),
            bylines=bylines.parts(),
        )


def plain(form: Any, *names: str) -> None:
    """Take the links to other admin pages from beside these choices: one is here to write."""
    for name in names:
        widget = form.base_fields[name].widget
        widget.can_add_related = widget.can_change_related = widget.can_view_related = False


def disable(fields: dict[str, forms.Field]) -> None:
    for field in fields.values():
        field.disabled = True


class BylineForm(forms.ModelForm):
    """One line of the byline. Without a name it is none, and no mistake either: somebody may be about to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].required = False

    def clean(self) -> dict[str, Any]:
        """Nothing is compared with rows: they are written anew, and a line given twice counts once."""
        return self.cleaned_data


class BylineFormSet(forms.BaseInlineFormSet):
    """The lines of the byline, in the order in which they stand."""

    def initial_form_count(self) -> int:
        """What was sent are lines, whatever rows they came from: autosave has put others in their place since."""
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: Any, index: int | None) -> None:
        """The number of the row that a line came from is taken as it is sent: it stands for nothing any more."""
        super().add_fields(form, index)
        if self.is_bound:
            form.fields["id"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def parts(self) -> tuple[BylinePart, ...]:
        lines = (form.cleaned_data for form in self.forms if form.is_valid())
        kept = (line for line in lines if line.get("author") and not line.get("DELETE"))
        return tuple(dict.fromkeys(BylinePart(line["author"].pk, line["role"]) for line in kept))


class BylineInline(KeySelectsMixin, admin.TabularInline):
    """Bylines by autocomplete. Saved with the story, not by themselves."""

    model = Byline
    form = BylineForm
    formset = BylineFormSet
    template = "admin/articles/article/bylines.html"
    fields = ("author", "role")
    autocomplete_fields = ("author",)
    verbose_name_plural = "Byline"

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        plain(formset.form, "author")
        if is_looking(request):
            disable(formset.form.base_fields)
        return formset

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        return 1

    # Whoever may edit the story may edit its byline; the story's own admin has asked.
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_looking(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_looking(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class MomentInput(forms.DateTimeInput):
    """A browser's own picker of day and time, in the site's zone; what is no moment stands in a plain field instead."""

    input_type = "datetime-local"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        if widget["value"] and not is_moment(widget["value"]):
            widget["type"] = "text"
        return context


def is_moment(text: str) -> bool:
    """Whether a picker of day and time would show this."""
    try:
        return parse_datetime(text) is not None
    except ValueError:
        return False


def moment_input() -> forms.DateTimeInput:
    return MomentInput(format="%Y-%m-%dT%H:%M")


class MoveForm(forms.Form):
    """What goes with a move: a note, and for publishing a moment and the answer about a waiting edition."""

    note = forms.CharField(
        required=False,
        max_length=1000,
        label="Note or reason",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed to send back or to retract; readers see it at the address of a retracted story.",
    )
    at = forms.DateTimeField(required=False, label="Publish at", widget=moment_input())
    ends = forms.DateTimeField(
        required=False,
        label="Ends at",
        widget=moment_input(),
        help_text="When readers no longer have it. Empty: never.",
    )
    waiting = forms.ChoiceField(required=False, label="The waiting edition")
    significant = forms.BooleanField(
        required=False,
        label="Tell readers it was updated",
        label_suffix="",
        help_text="For a change of substance: the page then says “Updated”, with the time. Not for a comma.",
    )
