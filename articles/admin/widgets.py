"""The rich text field of a story. The editor behind it is nobody else's business."""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.forms.widgets import Media
from js_asset import Script

from ..body.clean import BodyTooHeavy, clean


class StoryWidget(CKEditorWidget):
    """CKEditor without inline script or style of its own; a plain text area without JavaScript."""

    def __init__(self) -> None:
        super().__init__(config_name="story", template_name="admin/widgets/story.html")

    def format_value(self, value: object) -> str:
        """Cleaned once more before it is opened: what is in the database is not trusted either."""
        try:
            return clean(str(value or ""))
        except BodyTooHeavy:
            return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"asks_titles": settings.OEMBED}

    @property
    def media(self) -> Media:
        ours = [Script("admin/editor-shim.js", defer=True), Script("admin/editor/picker.js", type="module")]
        return super().media + Media(css={"all": ["admin/editor/editor.css"]}, js=ours)


class StoryField(forms.CharField):
    """A story's body: cleaned on the way in."""

    widget = StoryWidget

    def clean(self, value: object) -> str:
        try:
            return clean(super().clean(value))
        except BodyTooHeavy as error:
            raise forms.ValidationError(str(error)) from error
