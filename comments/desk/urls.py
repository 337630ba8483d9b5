"""Addresses of the desk."""

from django.urls import path

from .bulk import bulk
from .discussion import discussion, let_go
from .exclusions import exclusions, readmit
from .figures import figures
from .glance import glance
from .heat import heat
from .one import one
from .person import appeals, lift, person, remark
from .queue import queue
from .queues import QUEUES
from .ruling import approve, hold, keep, reject, undo
from .watch import watch

app_name = "desk"

urlpatterns = [
    path("", queue, {"name": "queue"}, name="queue"),
    *(path(f"{row.name}/", queue, {"name": row.name}, name=row.name) for row in QUEUES if row.name != "queue"),
    path("comments/", bulk, name="bulk"),
    path("comments/<int:pk>/", one, name="comment"),
    path("comments/<int:pk>/watch/", watch, name="watch"),
    path("comments/<int:pk>/glance/", glance, name="glance"),
    path("comments/<int:pk>/approve/", approve, name="approve"),
    path("comments/<int:pk>/keep/", keep, name="keep"),
    path("comments/<int:pk>/hold/", hold, name="hold"),
    path("comments/<int:pk>/reject/", reject, name="reject"),
    path("exclusions/", exclusions, name="exclusions"),
    path("exclusions/<int:pk>/lift/", readmit, name="readmit"),
    path("figures/", figures, name="figures"),
    path("people/<int:pk>/", person, name="person"),
    path("people/<int:pk>/remark/", remark, name="remark"),
    path("sanctions/", appeals, name="appeals"),
    path("sanctions/<int:pk>/lift/", lift, name="lift"),
    path("discussions/<int:pk>/", discussion, name="discussion"),
    path("calms/<int:pk>/lift/", let_go, name="let_go"),
    path("heats/<int:pk>/", heat, name="heat"),
    path("decisions/<int:pk>/undo/", undo, name="undo"),
]
