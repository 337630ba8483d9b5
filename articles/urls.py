"""Readers' addresses of stories and their lists. The section's pattern comes last: it takes any word."""

from collections.abc import Callable

from django.urls import path

from . import feeds, sitemaps
from .views.archive import archive, archive_day, archive_month, archive_year
from .views.article import article
from .views.calendar import calendar
from .views.corrections import corrections
from .views.drawn import drawn
from .views.house_pages import house_page, house_pages
from .views.lists import author, front, section, topic
from .views.read import read
from .views.search import description, search, suggestions
from .views.share import share

app_name = "articles"

# Where a page has a feed, and of what; in each of feeds.FORMS.
FEEDS: dict[str, Callable[..., feeds.Source]] = {
    "": feeds.site,
    "corrections/": feeds.corrections,
    "topics/<slug:slug>/": feeds.topic,
    "authors/<slug:slug>/": feeds.author,
    "<slug:slug>/": feeds.section,
}

urlpatterns = [
    *(
        path(f"{at}{form}", feeds.view(of, form), name=f"{of.__name__}_{form.strip('/').replace('.', '_')}")
        for at, of in FEEDS.items()
        for form in feeds.FORMS
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-lists.xml", sitemaps.lists, name="sitemap_lists"),
    path("sitemap-<int:year>-<int:month>-<int:part>.xml", sitemaps.month, name="sitemap_month"),
    path("", front, name="front"),
    path("topics/<slug:slug>/", topic, name="topic"),
    path("authors/<slug:slug>/", author, name="author"),
    path("archive/", archive, name="archive"),
    path("archive/<int:year>/", archive_year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", archive_month, name="archive_month"),
    path("archive/<int:year>/<int:month>/<int:day>/", archive_day, name="archive_day"),
    path("corrections/", corrections, name="corrections"),
    path("pages/", house_pages, name="house_pages"),
    path("pages/<slug:slug>/", house_page, name="house_page"),
    path("search/", search, name="search"),
    path("search/suggest/", suggestions, name="suggestions"),
    path("opensearch.xml", description, name="opensearch"),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
    path("read/<int:article_id>/picture.png", drawn, name="drawn"),
    path("read/<int:article_id>/", read, name="read"),
    path("share/<str:token>/", share, name="share"),
    path("<slug:slug>/", section, name="section"),
    path("<slug:section>/<slug:slug>/", article, name="article"),
]
