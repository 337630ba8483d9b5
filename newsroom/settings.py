"""All settings, read from the environment; with none set a fresh clone runs on a laptop.

Production begins with SECRET_KEY: once it is set, DEBUG is off and nothing insecure is assumed.
Every variable is in the README's table.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- The two ways to run -------------------------------------------------------------------------

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=not SECRET_KEY)
if not SECRET_KEY and not DEBUG:
    raise ImproperlyConfigured("SECRET_KEY must be set when DEBUG is off.")
if SECRET_KEY and len(SECRET_KEY) < 50 and not DEBUG:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters long.")

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)


def laptop_key() -> str:
    """A key of this machine's own, kept beside its data, so that sessions survive a restart."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = SECRET_KEY or laptop_key()

SITE_NAME = env("SITE_NAME", default="Newsroom")
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
# Whether robots that gather text for language models may read the paper: robots.txt says so.
AI_CRAWLERS = env.bool("AI_CRAWLERS", default=False)
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
ADS_TXT = env.str("ADS_TXT", default="", multiline=True)
# Screens for comments outside the site: Akismet, and an address of the paper's own.
AKISMET_KEY = env("AKISMET_KEY", default="")
COMMENT_WEBHOOK = env("COMMENT_WEBHOOK", default="")
COMMENT_WEBHOOK_SECRET = env("COMMENT_WEBHOOK_SECRET", default="")
if COMMENT_WEBHOOK and len(COMMENT_WEBHOOK_SECRET) < 32:
    raise ImproperlyConfigured("COMMENT_WEBHOOK needs a COMMENT_WEBHOOK_SECRET of 32 characters or more.")
# A WebSub hub, which feeds name so that readers may be told of news at once.
WEBSUB_HUB = env("WEBSUB_HUB", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- What it is made of --------------------------------------------------------------------------

INSTALLED_APPS = [
    "newsroom",
    "articles",
    "comments",
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ckeditor",
    "csp",
    "django_q",
]

MIDDLEWARE = [
    "newsroom.caching.middleware.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# Widgets are drawn with our own templates too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.pages.masthead.masthead",
            ],
        },
    },
    {
        "NAME": "fragments",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "fragments"],
        "OPTIONS": {"environment": "newsroom.fragments.environment"},
    },
]

# --- Where things are kept -----------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for a writer (WAL), and a writer takes its lock at once instead of failing late.
    OPTIONS = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A pooled connection that died with the server is noticed before it is used (measured: no failed request).
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    OPTIONS = {
        "connect_timeout": 2,
        # The last timeout is for the largest picture, which is taken in while its form's transaction waits. A page's
        # query gains nothing by being compiled, or by workers of its own: to begin with these takes longer than it.
        "options": "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=30s"
        " -c jit=off -c max_parallel_workers_per_gather=0",
        "pool": {
            "min_size": env.int("DATABASE_POOL_MIN", default=1),
            "max_size": env.int("DATABASE_POOL_MAX", default=8),
            "timeout": 2,
        },
    }
# What the address itself asks for (?sslmode=require) comes first.
DATABASES["default"]["OPTIONS"] = OPTIONS | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env("CACHE_URL", default="")
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
if CACHE_URL:
    # A cache that is down makes the site slower; it may not take it down.
    CACHES["default"] = {
        "BACKEND": "newsroom.lib.cache.EmptyWhenDown",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.3, "SOCKET_TIMEOUT": 0.3},
    }
    DJANGO_REDIS_IGNORE_EXCEPTIONS = True
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

# Whether finished pages are kept: "shared" among processes through Redis, "alone" in one that has nobody beside it (no
# second web process, no worker, no command), or "off".
PAGE_CACHE = env.str("PAGE_CACHE", default="shared" if CACHE_URL and not DEBUG else "off")
if PAGE_CACHE not in {"shared", "alone", "off"} or (PAGE_CACHE == "shared" and not CACHE_URL):
    raise ImproperlyConfigured("PAGE_CACHE is “shared”, which needs CACHE_URL, or “alone” or “off”.")
# Bytes of pages that each process keeps for itself, and seconds for which what Redis said last is believed.
PAGE_CACHE_SIZE = env.int("PAGE_CACHE_SIZE", default=16 * 1024 * 1024)
PAGE_CACHE_GOOD_FOR = env.float("PAGE_CACHE_GOOD_FOR", default=0.02)
# Seconds for which a cache in front of the site shows a page without asking, and whether it is told what is on it.
CDN_FRESH = env.int("CDN_FRESH", default=1)
CDN_NAMES = env.bool("CDN_NAMES", default=False)

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "newsroom" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "newsroom.lib.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Who does what nobody should wait for: a worker (manage.py qcluster), or this process, at once.
TASKS = env.str("TASKS", default="at-once")
if TASKS not in {"at-once", "worker"}:
    raise ImproperlyConfigured("TASKS is “at-once” or “worker”.")
Q_CLUSTER = {
    "name": "newsroom",
    "label": "Tasks",
    "orm": "default",
    "workers": env.int("TASK_WORKERS", default=2),
    # Seconds. The longest task is a picture of 50 million pixels; one that a killed worker had comes again.
    "timeout": 300,
    "retry": 360,
    "max_attempts": 3,
    "poll": 1,
    "queue_limit": 4,
    "save_limit": 100,
    # Pictures leave much memory behind.
    "recycle": 50,
    # Nothing of ours is done by its timetable: see manage.py tick.
    "scheduler": False,
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Newsroom <newsroom@localhost>")
EMAIL_TIMEOUT = 10

# --- Who comes in --------------------------------------------------------------------------------

AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = ["newsroom.pages.account.SignIn", "articles.rights.StoryRights"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "articles:front"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEBUG else "https"
ACCOUNT_ADAPTER = "newsroom.pages.account.AccountAdapter"
# Whoever wants it signs in by passkey, or with a second step: a code from an app, or one of ten kept for when that is
# lost.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "newsroom.pages.passkeys.Adapter"
MFA_FORMS = {
    "add_webauthn": "newsroom.pages.passkeys.AddForm",
    "edit_webauthn": "newsroom.pages.passkeys.EditForm",
    "login_webauthn": "newsroom.pages.passkeys.LoginForm",
    "authenticate_webauthn": "newsroom.pages.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "newsroom.pages.passkeys.ReauthenticateForm",
}
MFA_TOTP_ISSUER = SITE_NAME

# Other companies at which readers may sign in: none unless named here, each with its variables (see the README).
SOCIAL_PROVIDERS = env.list("SOCIAL_PROVIDERS", default=[])
SOCIAL_SERVERS = {"google": "https://accounts.google.com", "gitlab": "https://gitlab.com"}


def social_provider(name: str) -> dict[str, object]:
    """What the environment says of a company that speaks OpenID Connect: SOCIAL_GOOGLE_ID and so on, for "google"."""
    prefix = f"SOCIAL_{name.upper().replace('-', '_')}"
    server = env(f"{prefix}_SERVER", default=SOCIAL_SERVERS.get(name, env.NOTSET)).rstrip("/")
    return {
        "provider_id": name,
        "name": env(f"{prefix}_NAME", default=name.title()),
        "client_id": env(f"{prefix}_ID"),
        "secret": env(f"{prefix}_SECRET"),
        "server": server,
        "settings": {"server_url": server},
    }


SOCIAL_APPS = [social_provider(name) for name in SOCIAL_PROVIDERS]
SOCIAL_SITES = sorted({"/".join(str(app["server"]).split("/")[:3]) for app in SOCIAL_APPS})
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": SOCIAL_APPS, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_ADAPTER = "newsroom.pages.elsewhere.Adapter"
# Everybody chooses their own name; nobody is let into an account because a company says that its address is theirs.
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = SOCIALACCOUNT_STORE_TOKENS = False

# --- What browsers are told ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Browsers follow a form’s redirections by this as well: the button of a company leads to its server.
        "form-action": [SELF, *SOCIAL_SITES],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "newsroom.pages.unsent.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^livez/$", r"^readyz/$"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if env.bool("BEHIND_PROXY", default=False):
        # Only true when a proxy of ours sets X-Forwarded-Proto and -For and strips what visitors send.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # The last address it adds is the visitor's; otherwise everybody would share one limit on signing in.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- The editor ----------------------------------------------------------------------------------

CKEDITOR_BASEPATH = f"{STATIC_URL}ckeditor/ckeditor/"
CKEDITOR_CONFIGS = {
    "story": {
        "toolbar": [
            ["Format", "Bold", "Italic", "Language"],
            ["Link", "Unlink"],
            ["BulletedList", "NumberedList", "Blockquote", "Table"],
            ["Undo", "Redo", "RemoveFormat"],
            "/",
            ["News_picture", "News_gallery", "News_pullquote", "News_factbox", "News_spoiler", "News_embed"],
            ["News_related"],
        ],
        "format_tags": "p;h2;h3",
        # Passages in another language are marked as such, for those who hear them: code, name, and "rtl" if they are.
        "language_list": [
            "ar:Arabic:rtl",
            "zh:Chinese",
            "fr:French",
            "de:German",
            "he:Hebrew:rtl",
            "hi:Hindi",
            "it:Italian",
            "ja:Japanese",
            "ko:Korean",
            "pt:Portuguese",
            "es:Spanish",
        ],
        "extraPlugins": "divarea,autolink,autogrow,newsroom",
        "external_plugin_resources": [("newsroom", f"{STATIC_URL}admin/editor/", "plugin.js")],
        # Three of these send the story to other companies; the rest have no place in a story.
        "removePlugins": (
            "exportpdf,scayt,wsc,preview,print,save,newpage,templates,forms,flash,iframe,image,smiley,font,"
            "colorbutton,bidi,about,elementspath,resize,uploadimage,embed,embedsemantic,autoembed"
        ),
        "disallowedContent": "script style *[on*] *{*}",
        # No fetch of what a writer pastes: there is no provider until one of ours answers here.
        "embed_provider": "",
        "clipboard_handleImages": False,
        "versionCheck": False,
        "width": "100%",
        "autoGrow_minHeight": 320,
        "autoGrow_onStartup": True,
        "removeButtons": "",
        "linkShowAdvancedTab": False,
        "linkShowTargetTab": False,
    }
}
# Whether the server asks YouTube and other listed sites for the title of an embed (newsroom.lib.fetch).
OEMBED = env.bool("OEMBED", default=False)
# Replaced by our own check, an error and not a warning: newsroom.checks.editor_is_tamed (see SECURITY.md).
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

# --- The rest ------------------------------------------------------------------------------------

# Every page is in English: nobody's language is looked up, which each number and address on a page would ask for.
LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = env("TIME_ZONE", default="UTC")
# Embargoes are shown here too: where most of the trade sends them from.
SECOND_TIME_ZONE = env("SECOND_TIME_ZONE", default="America/Los_Angeles")
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # Each question to another site is a line of its own otherwise.
    "loggers": {"httpx": {"level": "WARNING"}},
}
