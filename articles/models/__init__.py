"""Rows of the articles app, and the questions asked of them."""

from .address import Address
from .article import Article, ArticleTopic, Byline
from .calendar_feed import CalendarFeed
from .correction import Correction
from .edition import Edition, EditionByline, EditionImage, EditionTopic
from .embargo import Embargo
from .error_note import ErrorNote
from .event import Event
from .front import Slot
from .house_page import HousePage
from .image import Image, Making
from .note import Note
from .people import Author, AuthorLink
from .presence import LastPage, Presence
from .reading import ReadCount, Reading
from .revision import Revision
from .saved_view import SavedView
from .search import SearchEntry, SearchWord
from .share_link import ShareLink
from .staff_notice import StaffNotice
from .taxonomy import Section, Topic

__all__ = [
    "Address",
    "Article",
    "ArticleTopic",
    "Author",
    "AuthorLink",
    "Byline",
    "CalendarFeed",
    "Correction",
    "Edition",
    "EditionByline",
    "EditionImage",
    "EditionTopic",
    "Embargo",
    "ErrorNote",
    "Event",
    "HousePage",
    "Image",
    "LastPage",
    "Making",
    "Note",
    "Presence",
    "ReadCount",
    "Reading",
    "Revision",
    "SavedView",
    "SearchEntry",
    "SearchWord",
    "Section",
    "ShareLink",
    "Slot",
    "StaffNotice",
    "Topic",
]
