"""The map of the site, readable from top to bottom. Stories come last: their pattern takes any two words."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from .pages import data, elsewhere, guest, illegal, machines, newsletter, notifications, portrait, standing, styleguide
from .pages.account import home
from .pages.discussion_feed import discussion_feed
from .pages.health import livez, readyz
from .pages.media import picture
from .pages.name import name
from .pages.people import person

# One way to sign in, with its rate limits, for staff too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = "newsroom.pages.errors.not_found"

urlpatterns = [
    path("livez/", livez, name="livez"),
    path("readyz/", readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("ads.txt", machines.ads, name="ads"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("admin/", admin.site.urls),
    path("desk/people/<int:pk>/picture/", portrait.take_down, name="take_picture_down"),
    path("desk/", include("comments.desk.urls")),
    path("accounts/", home, name="account_home"),
    path("accounts/name/", name, name="account_name"),
    path("accounts/picture/", portrait.own, name="account_picture"),
    path("accounts/standing/", standing.standing, name="account_standing"),
    path("accounts/notifications/", notifications.notifications, name="account_notifications"),
    path("accounts/notifications/stop/<str:token>/", notifications.stop, name="notifications_stop"),
    path("accounts/data/", data.data, name="account_data"),
    path("accounts/data/download/", data.download, name="account_download"),
    path("accounts/data/leave/", data.leave, name="account_leave"),
    path("accounts/data/stay/", data.stay, name="account_stay"),
    path("accounts/left/", data.left, name="account_left"),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    *(elsewhere.URLS if settings.SOCIAL_PROVIDERS else ()),
    path("accounts/", include("allauth.account.urls")),
    path("comments/<int:article_id>/feed/", discussion_feed, name="discussion_feed"),
    path("comments/<int:article_id>/guest/", guest.guest, name="guest"),
    path("comments/guests/sent/", guest.guest_sent, name="guest_sent"),
    path("comments/guest/<str:token>/confirm/", guest.guest_confirm, name="guest_confirm"),
    path("comments/guest/<str:token>/erase/", guest.guest_erase, name="guest_erase"),
    path("comments/c/<int:pk>/illegal/", illegal.notice, name="illegal"),
    path("comments/", include("comments.urls")),
    path("people/<str:username>/", person, name="person"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/sent/", newsletter.newsletter_sent, name="newsletter_sent"),
    path("newsletter/confirm/<str:token>/", newsletter.newsletter_confirm, name="newsletter_confirm"),
    path("newsletter/leave/<str:token>/", newsletter.newsletter_leave, name="newsletter_leave"),
    path("media/people/<slug:key>.webp", portrait.portrait, name="portrait"),
    path("media/pictures/<slug:key>/<str:name>", picture, name="picture"),
    *(styleguide.URLS if settings.DEBUG else ()),
    path("", include("articles.urls")),
]
