"""The least a Django project can be: one view, no middleware. What Django and the web server cost without a site."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"], ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], LOGGING_CONFIG=None
)


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Nothing to see here.\n", content_type="text/plain")


urlpatterns = [path("bench/constant/", constant)]
application = get_wsgi_application()
