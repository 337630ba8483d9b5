"""Readers' addresses of stories and their lists. The section's pattern comes last: it takes any word."""

from django.urls import path

from .views.article import article
from .views.calendar import calendar
from .views.corrections import corrections
from .views.lists import author, front, section, topic
from .views.read import read
from .views.share import share

app_name = "articles"

urlpatterns = [
    path("", front, name="front"),
    path("topics/<slug:slug>/", topic, name="topic"),
    path("authors/<slug:slug>/", author, name="author"),
    path("corrections/", corrections, name="corrections"),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
    path("read/<int:article_id>/", read, name="read"),
    path("share/<str:token>/", share, name="share"),
    path("<slug:slug>/", section, name="section"),
    path("<slug:section>/<slug:slug>/", article, name="article"),
]
