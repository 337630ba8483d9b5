"""The site's own app, and the only place where signals are connected."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        # Models may be imported only once every app is loaded.
        from articles.signals import edition_cut  # noqa: PLC0415
        from comments.receivers import seed_discussion  # noqa: PLC0415

        from . import checks  # noqa: F401, PLC0415

        edition_cut.connect(seed_discussion, dispatch_uid="seed_discussion")
