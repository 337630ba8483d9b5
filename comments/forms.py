"""The comment form, the same with and without JavaScript, for new words and for changed ones."""

import uuid

from django import forms

from .posting import MAX_LENGTH, SCOPE_LENGTH, Words

# The fields in which an author writes: those of WordsForm.
WORDS = ("body", "is_spoiler", "spoiler_scope")


class WordsForm(forms.Form):
    """What an author writes. Length is the verb's business."""

    body = forms.CharField(
        label="Your comment",
        strip=False,
        help_text="**bold**, *italic*, > quote, - list, ||spoiler||, and links",
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": MAX_LENGTH, "autocomplete": "off"}),
        error_messages={"required": "Write something first."},
    )
    is_spoiler = forms.BooleanField(label="All of it gives something away", required=False)
    spoiler_scope = forms.CharField(
        label="Of what?",
        required=False,
        max_length=SCOPE_LENGTH,
        help_text="For example: season 2, episode 8",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def words(self) -> Words:
        data = self.cleaned_data
        return Words(data["body"], data["is_spoiler"] or bool(data["spoiler_scope"]), data["spoiler_scope"])


class CommentForm(WordsForm):
    """New words, with the key that makes a second sending harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    advised = forms.BooleanField(required=False, widget=forms.HiddenInput)


class EditForm(WordsForm):
    """Changed words, with the version its author has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
