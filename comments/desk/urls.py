"""Addresses of the desk."""

from django.urls import path

from .one import one
from .person import appeals, lift, person, remark
from .queue import queue, reported
from .ruling import approve, keep, reject, undo

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("reported/", reported, name="reported"),
    path("comments/<int:pk>/", one, name="comment"),
    path("comments/<int:pk>/approve/", approve, name="approve"),
    path("comments/<int:pk>/keep/", keep, name="keep"),
    path("comments/<int:pk>/reject/", reject, name="reject"),
    path("people/<int:pk>/", person, name="person"),
    path("people/<int:pk>/remark/", remark, name="remark"),
    path("sanctions/", appeals, name="appeals"),
    path("sanctions/<int:pk>/lift/", lift, name="lift"),
    path("decisions/<int:pk>/undo/", undo, name="undo"),
]
