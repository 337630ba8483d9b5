"""The comment form, the same with and without JavaScript."""

import uuid

from django import forms

from .posting import MAX_LENGTH


class CommentForm(forms.Form):
    """A comment's text and the key that makes a second sending harmless. Length is the verb's business."""

    body = forms.CharField(
        label="Your comment",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": MAX_LENGTH, "autocomplete": "off"}),
        error_messages={"required": "Write something first."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
