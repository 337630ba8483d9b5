"""Readers' addresses of the discussion."""

from django.urls import path

from .views.account_given import account_csv, account_given
from .views.editing import edit, preview
from .views.following import follow, unfollow
from .views.liking import like
from .views.me import me
from .views.muting import mute, unmute
from .views.picking import pick
from .views.posting import form, withdraw
from .views.reading import comment, discussion, replies
from .views.reporting import report
from .views.since import seen, since
from .views.voting import vote

app_name = "comments"

urlpatterns = [
    path("<int:article_id>/", discussion, name="discussion"),
    path("<int:article_id>/new/", form, name="form"),
    path("<int:article_id>/me/", me, name="me"),
    path("<int:article_id>/vote/", vote, name="vote"),
    path("<int:article_id>/since/", since, name="since"),
    path("<int:article_id>/seen/", seen, name="seen"),
    path("<int:article_id>/follow/", follow, name="follow"),
    path("followed/<int:pk>/undo/", unfollow, name="unfollow"),
    path("c/<int:pk>/", comment, name="comment"),
    path("c/<int:pk>/replies/", replies, name="replies"),
    path("c/<int:pk>/like/", like, name="like"),
    path("c/<int:pk>/mute/", mute, name="mute"),
    path("muted/<int:pk>/undo/", unmute, name="unmute"),
    path("c/<int:pk>/pick/", pick, name="pick"),
    path("c/<int:pk>/report/", report, name="report"),
    path("c/<int:pk>/edit/", edit, name="edit"),
    path("moderation/", account_given, name="account"),
    path("moderation.csv", account_csv, name="account_csv"),
    path("preview/", preview, name="preview"),
    path("c/<int:pk>/withdraw/", withdraw, name="withdraw"),
]
