"""The small files that machines look for at the root: who may crawl, whom to tell of a hole, who may sell ads."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

HOUR = 3600
# Pages for one person, and pages that search engines make too many of.
NOT_FOR_CRAWLERS = ("/accounts/", "/admin/", "/comments/", "/desk/", "/read/", "/search/", "/share/")
# Robots that gather text for language models: AI_CRAWLERS says whether they may.
AI_CRAWLERS = (
    "Amazonbot Applebot-Extended Bytespider CCBot ClaudeBot Google-Extended GPTBot Meta-ExternalAgent PerplexityBot"
)
# RFC 9116 wants a day less than a year away; so long may a copy of the file lie about.
GOOD_FOR = timedelta(days=180)
# IAB's own words for "nobody".
NOBODY_SELLS = "placeholder.example.com, placeholder, DIRECT, placeholder"


def text(body: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everybody may read what is for everybody; of the gatherers for language models, those the paper lets."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    if not settings.AI_CRAWLERS:
        lines += [*(f"User-agent: {name}" for name in AI_CRAWLERS.split()), "Disallow: /", ""]
    for name in ("sitemap", "sitemap_news"):
        lines.append(f"Sitemap: {settings.SITE_URL}{reverse(f'articles:{name}')}")
    return text("\n".join(lines) + "\n")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); 404 until SECURITY_CONTACT is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    address = settings.SECURITY_CONTACT
    contact = address if ":" in address else f"mailto:{address}"
    ends = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    here = f"{settings.SITE_URL}{request.path}"
    return text(f"Contact: {contact}\nExpires: {ends:%Y-%m-%dT%H:%M:%SZ}\nPreferred-Languages: en\nCanonical: {here}\n")


@require_safe
def ads(request: HttpRequest) -> HttpResponse:
    """Who may sell the paper's space: the lines of ADS_TXT, else nobody."""
    return text((settings.ADS_TXT or NOBODY_SELLS) + "\n")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the paper is called and looks like on a phone's first screen."""
    icons = [
        {"src": static(f"site/icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (
            ("icon-192", 192, "any"),
            ("icon-512", 512, "any"),
            ("maskable-512", 512, "maskable"),
        )
    ]
    about = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": "#fdfcff",
        "theme_color": "#fdfcff",
        "icons": icons,
    }
    response = JsonResponse(about, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the icon is that some ask for by its old name."""
    response = HttpResponseRedirect(static("site/icons/icon-48.png"))
    patch_cache_control(response, public=True, max_age=HOUR)
    return response
