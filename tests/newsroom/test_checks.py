"""The system checks: the site does not start with the bundled editor's holes open."""

import copy
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.core.checks import Error, run_checks

from newsroom.checks import (
    DANGEROUS,
    EMBEDS,
    MUST_BE_REMOVED,
    config_problems,
    editor_is_tamed,
    nobody_waits_for_other_sites,
    pages_are_kept_for_all,
)

GOOD = site.CKEDITOR_CONFIGS["story"]


def without(plugin: str) -> str:
    return ",".join(name for name in GOOD["removePlugins"].split(",") if name != plugin)


def test_our_own_configuration_is_in_order():
    assert config_problems(GOOD) == []
    assert editor_is_tamed(None) == []


def test_the_whole_site_starts_without_an_error():
    assert [message for message in run_checks() if isinstance(message, Error)] == []


@pytest.mark.parametrize("plugin", MUST_BE_REMOVED)
def test_a_plug_in_that_sends_stories_away_must_be_removed(plugin):
    assert config_problems(GOOD | {"removePlugins": without(plugin)}) == [f"{plugin} must be in removePlugins"]


def test_spaces_between_the_removed_do_not_matter():
    assert config_problems(GOOD | {"removePlugins": GOOD["removePlugins"].replace(",", ", ")}) == []


@pytest.mark.parametrize("plugin", EMBEDS)
def test_an_embed_plug_in_needs_a_provider_of_ours(plugin):
    config = GOOD | {"removePlugins": without(plugin)}
    assert config_problems(config) == ["embed_provider must be set where the embed plug-ins are on"]
    assert config_problems(config | {"embed_provider": "/embed/"}) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"allowedContent": True}, "allowedContent may not be True"),
        ({"fullPage": True}, "fullPage may not be set"),
        ({"versionCheck": True}, "versionCheck must be False"),
        *(({"extraAllowedContent": word}, "extraAllowedContent may not hold") for word in DANGEROUS),
        ({"extraAllowedContent": "p script"}, "extraAllowedContent may not hold"),
        ({"extraAllowedContent": "p;script"}, "extraAllowedContent may not hold"),
        ({"extraAllowedContent": "script[src]"}, "extraAllowedContent may not hold"),
        ({"extraAllowedContent": "style{*}"}, "extraAllowedContent may not hold"),
        ({"extraAllowedContent": "*(*)"}, "extraAllowedContent may not hold"),
        ({"extraAllowedContent": "a[*]"}, "extraAllowedContent may not hold"),
        ({"extraAllowedContent": {"script": True}}, "extraAllowedContent may not hold"),
    ],
)
def test_a_dangerous_setting_is_named(change, said):
    [problem] = config_problems(GOOD | change)
    assert said in problem


def test_a_harmless_extra_is_allowed():
    assert config_problems(GOOD | {"extraAllowedContent": "dl dt dd; p(lede)"}) == []


def test_a_configuration_that_says_nothing_is_refused():
    assert len(config_problems({})) == len(MUST_BE_REMOVED) + 2


def test_every_configuration_is_looked_at_and_named(settings):
    settings.CKEDITOR_CONFIGS = {"good": copy.deepcopy(GOOD), "default": GOOD | {"fullPage": True}}
    [error] = editor_is_tamed(None)
    assert (error.id, "'default'" in error.msg) == ("newsroom.E001", True)


def test_the_uploader_may_not_be_installed(monkeypatch):
    apps = [*site.INSTALLED_APPS, "ckeditor_uploader"]
    monkeypatch.setattr("newsroom.checks.settings", SimpleNamespace(INSTALLED_APPS=apps, CKEDITOR_CONFIGS={}))
    assert [error.id for error in editor_is_tamed(None)] == ["newsroom.E002"]


def test_screens_outside_the_site_want_a_worker(settings):
    assert nobody_waits_for_other_sites(None) == []
    settings.AKISMET_KEY = "a-key"
    assert [warning.id for warning in nobody_waits_for_other_sites(None)] == ["newsroom.W001"]
    settings.TASKS = "worker"
    assert nobody_waits_for_other_sites(None) == []


def test_pages_that_one_process_keeps_want_no_worker_beside_it(settings):
    settings.PAGE_CACHE = "alone"
    assert pages_are_kept_for_all(None) == []
    settings.TASKS = "worker"
    assert [warning.id for warning in pages_are_kept_for_all(None)] == ["newsroom.W002"]
    settings.PAGE_CACHE = "shared"
    assert pages_are_kept_for_all(None) == []
