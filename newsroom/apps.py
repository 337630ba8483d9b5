"""The site's own app, and the only place where signals are connected."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default = True

    def ready(self) -> None:
        # Models may be imported only once every app is loaded.
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from articles.errors import take_note  # noqa: PLC0415
        from articles.notices import tell_published  # noqa: PLC0415
        from articles.onward import tell_neighbours  # noqa: PLC0415
        from articles.signals import edition_cut, edition_live, story_discarded  # noqa: PLC0415
        from comments import receivers, signals  # noqa: PLC0415
        from newsroom.lib.facts import told  # noqa: PLC0415

        from . import checks  # noqa: F401, PLC0415
        from .caching.middleware import note_facts  # noqa: PLC0415
        from .pages.data import welcome_back  # noqa: PLC0415

        told.connect(note_facts, dispatch_uid="note_facts")
        edition_cut.connect(receivers.seed_discussion, dispatch_uid="seed_discussion")
        edition_live.connect(tell_published, dispatch_uid="tell_published")
        edition_live.connect(tell_neighbours, dispatch_uid="tell_neighbours")
        story_discarded.connect(receivers.discard_discussion, dispatch_uid="discard_discussion")
        user_logged_in.connect(welcome_back, dispatch_uid="welcome_back")
        signals.error_reported.connect(take_note, dispatch_uid="take_note")
        signals.comment_shown.connect(receivers.note_shown, dispatch_uid="note_shown")
        signals.comment_picked.connect(receivers.note_picked, dispatch_uid="note_picked")
        signals.comment_ruled.connect(receivers.note_ruled, dispatch_uid="note_ruled")


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our front page."""

    default = False
    default_site = "newsroom.admin_site.NewsroomAdminSite"
