"""Settings of one installation. What can be set is in `.env.example`; everything has a default for one machine."""

import hmac
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import sentry_sdk
from csp.constants import NONE, SELF
from sentry_sdk.integrations.logging import ignore_logger

from marketmind import __version__, admin_looks, env
from marketmind.dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder(BASE_DIR / "var")
load_dotenv(BASE_DIR / ".env")

# --- What an operator sets ----------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key("SECRET_KEY", VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = env.url("PUBLIC_URL", ("http", "https"), "http://localhost:8000").rstrip("/")
FIELD_ENCRYPTION_KEYS = env.fernet_keys("FIELD_ENCRYPTION_KEYS")
REDIS_URL = env.url("REDIS_URL", ("redis", "rediss", "unix"), is_secret=True)
TIME_ZONE = env.zone("TIME_ZONE", "UTC")
LANGUAGE_CODE = env.language("LANGUAGE_CODE", "en", ("en", "es"))
SENTRY_DSN = env.url("SENTRY_DSN", ("http", "https"), is_secret=True)
STORAGE_URL = env.url("STORAGE_URL", ("file",), f"file://{VAR_DIR / 'media'}", also="; s3:// is not supported yet")
API_RATE_PER_SECOND = env.whole("API_RATE_PER_SECOND", 10, 1, 10_000)
API_RATE_BURST = env.whole("API_RATE_BURST", 20, 1, 100_000)
RETAIN_DELIVERIES_DAYS = env.whole("RETAIN_DELIVERIES_DAYS", 90, 0, 36_500)
RETAIN_LEDGER_DAYS = env.whole("RETAIN_LEDGER_DAYS", 0, 0, 36_500)
LLM_BASE_URL = env.url("LLM_BASE_URL", ("http", "https"))
LLM_MODEL = env.text("LLM_MODEL")
LLM_API_KEY = env.text("LLM_API_KEY")
METRICS_TOKEN = env.token("METRICS_TOKEN")
ALLOW_PRIVATE_NETWORK_TARGETS = env.flag("ALLOW_PRIVATE_NETWORK_TARGETS")
Q_WORKERS = env.whole("Q_WORKERS", 4, 3, 64)
EMAIL = env.email("EMAIL_URL", "consolemail://")
DATABASE = env.database("DATABASE_URL", VAR_DIR / "marketmind.sqlite3")

# --- Django ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "marketmind.apps.AdminConfig",
    "marketmind.apps.MarketMindConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "django_q",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_htmx",
    "workspaces",
    "campaigns",
    "scheduling",
    "publishing",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "marketmind.compressing.CompressPages",
    "csp.middleware.CSPMiddleware",
    "marketmind.errors.ApiErrors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketmind.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketmind.fragments.Fragments",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "marketmind.urls"
ASGI_APPLICATION = "marketmind.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
USE_I18N = True
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["marketmind.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workspaces.pages.workspace",
                "scheduling.views.badges.problems",
                "publishing.views.badges.notices",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------------------------------
# Long-lived processes keep their connection; the web's threads live for one request and borrow from a pool (asgi.py).
DATABASES = {"default": {**DATABASE, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN and waits its turn. DEFERRED upgrades half-way and fails at once:
    # measured with 50 writes a second beside a cluster, 0 against 172 errors.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

# --- Background work ------------------------------------------------------------------------------------------------
# A lane lives 100 s at most and then needs its last sends' 30 s and its last letters' 20; q2 must not hand its task
# out again before that.
Q_CLUSTER = {
    "name": "marketmind",
    "workers": Q_WORKERS,
    "timeout": 180,
    "retry": 240,
    "max_attempts": 1,
    "ack_failures": True,
    "catch_up": False,
    "bulk": 1,
    "queue_limit": Q_WORKERS,
    "recycle": 200,
    "save_limit": 100,
    "label": "Background work",
    "time_zone": TIME_ZONE,
    "poll": 0.5,
    **({"redis": REDIS_URL} if REDIS_URL else {"orm": "default"}),
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- People ---------------------------------------------------------------------------------------------------------
UNFOLD = admin_looks.UNFOLD
CSRF_FAILURE_VIEW = "marketmind.errors.csrf_failed"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "calendar"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUBLIC_URL.startswith("https://") else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Files and mail -------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where it is missing, and in tests a warning is an error.
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STORAGE_URL.removeprefix("file://")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "marketmind.static_storage.Modules"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # Else it lists all files first: 0.1 s for each client that a test makes.
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "localhost", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_USER") or "", EMAIL.get("EMAIL_HOST_PASSWORD") or ""
DEFAULT_FROM_EMAIL = EMAIL_HOST_USER if "@" in EMAIL_HOST_USER else f"marketmind@{urlsplit(PUBLIC_URL).hostname}"
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- API ------------------------------------------------------------------------------------------------------------
# Requests a second, and at once: of a workspace; of an address without good credentials; of an address that signs in.
API_PACES = {"workspace": (API_RATE_PER_SECOND, API_RATE_BURST), "stranger": (1, 30), "sign_in": (1 / 6, 10)}
if TESTING:  # Tests call faster than people do.
    API_PACES = dict.fromkeys(API_PACES, (10_000, 100_000))
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "workspaces.api.auth.ApiKeyAuthentication",
        "workspaces.api.auth.TokenAuthentication",
        "workspaces.api.auth.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["workspaces.api.auth.HasCaller"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["workspaces.api.parsing.CarefulJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "workspaces.api.negotiation.AlwaysJson",
    "DEFAULT_FILTER_BACKENDS": ["workspaces.api.filters.StrictFilters"],
    "EXCEPTION_HANDLER": "workspaces.api.errors.answer",
    "DEFAULT_SCHEMA_CLASS": "marketmind.description.operations.Described",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "MarketMind",
    "DESCRIPTION": "Plans and publishes marketing posts. Times are ISO 8601; those that come out are UTC.",
    "VERSION": __version__,
    "OAS_VERSION": "3.1.1",
    "SERVERS": [{"url": "/"}],
    "COMPONENT_SPLIT_REQUEST": True,
    "PREPROCESSING_HOOKS": ["marketmind.description.hooks.each_once"],
    "POSTPROCESSING_HOOKS": ["marketmind.description.hooks.with_what_all_share"],
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "CHECK_REVOKE_TOKEN": True,  # A changed password ends what was given out before.
    "SIGNING_KEY": hmac.digest(SECRET_KEY.encode(), b"marketmind.tokens", "sha256").hex(),
}

# --- Log ------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django-q": {"level": "WARNING"},
        # It writes addresses with their tokens; what a notice needs to know of it is read from the call's own record.
        "apprise": {"level": "DEBUG", "handlers": ["nowhere"], "propagate": False},
    },
}
if SENTRY_DSN:
    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False)
    ignore_logger("apprise")
