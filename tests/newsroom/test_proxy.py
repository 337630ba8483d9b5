"""Whose address counts when somebody signs in behind a proxy of ours."""

from allauth.account.adapter import get_adapter
from django.test import RequestFactory
from pytest_django.fixtures import Settings


def test_a_visitor_behind_our_proxy_is_known_by_the_address_it_adds(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # gunicorn on a Unix socket knows no address of its own; what comes first the visitor has written.
    request = RequestFactory().get("/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="10.9.8.7, 192.0.2.5")
    assert get_adapter().get_client_ip(request) == "192.0.2.5"


def test_without_a_proxy_nobody_is_believed() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.5", HTTP_X_FORWARDED_FOR="10.9.8.7")
    assert get_adapter().get_client_ip(request) == "192.0.2.5"
