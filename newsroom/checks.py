"""System checks of our own: what must hold before the site starts."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

# Plug-ins of the bundled editor that send the story to other companies, and the one with a known hole.
MUST_BE_REMOVED = ("exportpdf", "scayt", "wsc", "preview")
EMBEDS = ("embed", "embedsemantic", "autoembed")
DANGEROUS = ("script", "style", "*")
# The words of an allowed-content rule, written as "p[id]{color}(class); em" or as an object.
RULE_WORDS = re.compile(r"[^\s;,:!'\"(){}\[\]]+")


@register(Tags.security)
def editor_is_tamed(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Each editor configuration keeps the bundled editor's known holes shut; see SECURITY.md."""
    problems: list[CheckMessage] = [
        Error(f"CKEDITOR_CONFIGS[{name!r}]: {problem}", id="newsroom.E001", hint="See SECURITY.md.")
        for name, config in settings.CKEDITOR_CONFIGS.items()
        for problem in config_problems(config)
    ]
    if "ckeditor_uploader" in settings.INSTALLED_APPS:
        hint = "Its views take any file from any member of staff without asking for a right."
        problems.append(Error("ckeditor_uploader may not be installed.", id="newsroom.E002", hint=hint))
    return problems


def config_problems(config: dict[str, Any]) -> list[str]:
    """What is wrong with one configuration."""
    removed = str(config.get("removePlugins", "")).replace(" ", "").split(",")
    extra = set(RULE_WORDS.findall(str(config.get("extraAllowedContent", ""))))
    problems = [f"{plugin} must be in removePlugins" for plugin in MUST_BE_REMOVED if plugin not in removed]
    if config.get("allowedContent") is True:
        problems.append("allowedContent may not be True")
    if config.get("fullPage"):
        problems.append("fullPage may not be set")
    if not extra.isdisjoint(DANGEROUS):
        problems.append("extraAllowedContent may not hold script, style or *")
    if not config.get("embed_provider") and not all(plugin in removed for plugin in EMBEDS):
        problems.append("embed_provider must be set where the embed plug-ins are on")
    if config.get("versionCheck", True):
        problems.append("versionCheck must be False: it asks another company")
    return problems


@register(deploy=True)
def nobody_waits_for_other_sites(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Screens outside the site are asked by a worker, not while the author of a comment waits."""
    if settings.TASKS == "worker" or not (settings.AKISMET_KEY or settings.COMMENT_WEBHOOK):
        return []
    hint = "Set TASKS=worker and run manage.py qcluster."
    return [Warning("Whoever comments waits for another site’s answer.", id="newsroom.W001", hint=hint)]


@register(deploy=True)
def pages_are_kept_for_all(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A process that keeps pages by itself hears of nothing that a worker does."""
    if settings.PAGE_CACHE != "alone" or settings.TASKS != "worker":
        return []
    hint = "Set CACHE_URL, and PAGE_CACHE=shared."
    return [Warning("Pages do not change for what a worker does.", id="newsroom.W002", hint=hint)]
