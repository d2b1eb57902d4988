"""Settings. Everything that differs between installations comes from the environment.

DATABASE_URL      postgresql://user:password@host:port/name, or sqlite:///file (default: var/wanjia.sqlite3)
WANJIA_SECRET_KEY, WANJIA_KEYRING, WANJIA_HOSTS, WANJIA_DEBUG, WANJIA_VAR, WANJIA_SECURE, WANJIA_PROXIES
WANJIA_ADDRESS    https://…, by which the office opens the house: for the links of messages
WANJIA_WITHOUT    apps that this installation does without, with commas between
A file `wanjia.env` in the data folder says the same; `wanjia init` writes it. What stands in the environment wins.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from wanjia.office.starting import envfile
from wanjia.site.installed import installed

HOUSE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("WANJIA_VAR", HOUSE.parent / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
envfile.load(VAR)


def _secret():
    """Return the secret key of this installation, made on the first start."""
    if given := os.environ.get("WANJIA_SECRET_KEY"):
        return given
    file = VAR / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _database(url):
    parts = urlsplit(url)
    if parts.scheme.startswith("postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            # Our questions are long and their answers short: compiling one took 1.6 s of the county desk's 1.9.
            "OPTIONS": {"options": "-c jit=off"},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url.removeprefix("sqlite:///"),
        # A file, not memory: tests race with threads, as users do.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;",
        },
    }


WANJIA_VAR = str(VAR)
SECRET_KEY = _secret()
DEBUG = os.environ.get("WANJIA_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("WANJIA_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
WANJIA_KEYRING = os.environ.get("WANJIA_KEYRING", str(VAR / "keyring.json"))
# Where anchors of the journal are appended: a place that the keeper of this machine cannot rewrite.
WANJIA_ANCHORS = os.environ.get("WANJIA_ANCHORS", str(VAR / "anchors.jsonl"))
WANJIA_SECURE = os.environ.get("WANJIA_SECURE") == "1"
# Addresses of the proxies in front of us: only from them is a forwarded address or scheme believed.
WANJIA_PROXIES = [one.strip() for one in os.environ.get("WANJIA_PROXIES", "").split(",") if one.strip()]
# By which address the office opens the house: the link of a message that leaves it.
WANJIA_ADDRESS = os.environ.get("WANJIA_ADDRESS", "")
# Work in the background lies in the database, within the act that asks for it; `wanjia serve` keeps the one worker.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WANJIA_METRICS_TOKEN = os.environ.get("WANJIA_METRICS_TOKEN", "")

WANJIA_APPS = installed()
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    *WANJIA_APPS,
]

MIDDLEWARE = [
    "wanjia.doors.moment.stamping",
    "wanjia.office.health.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wanjia.site.middleware.PackedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wanjia.site.middleware.LanguageMiddleware",
    "wanjia.site.middleware.AskedMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wanjia.site.middleware.NoStoreMiddleware",
    "wanjia.orgs.devices.middleware.DeviceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "wanjia.orgs.accounts.gate.Gate",
    "wanjia.site.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wanjia.site.urls"
WSGI_APPLICATION = "wanjia.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HOUSE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wanjia.site.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "wanjia.site.templatetags.wanjia", "wanjia.site.templatetags.addresses"],
        },
    }
]

DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'wanjia.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "wanjia.orgs.accounts.adapter.NoSignUp"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "万家"
# allauth counts tries by "login_failed", which is off (below), in the memory of one worker: ours are counted in the database.
MFA_FORMS = {"activate_totp": "wanjia.orgs.accounts.second_factor.Activate", "authenticate": "wanjia.orgs.accounts.second_factor.Authenticate", "reauthenticate": "wanjia.orgs.accounts.second_factor.Reauthenticate"}
WANJIA_REQUIRE_TOTP = os.environ.get("WANJIA_REQUIRE_TOTP") == "1"
# A whole township sits behind one address: allauth's own limits by address would lock out an office for one person's slips.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": None, "reauthenticate": "10/m/user"}
# A whole township sits behind one address: lock the pair, not the address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_CLIENT_IP_CALLABLE = "wanjia.doors.guard.address_of"
AXES_LOCKOUT_TEMPLATE = "orgs/accounts/locked.html"
AXES_HTTP_RESPONSE_CODE = 429

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-wanjia" if WANJIA_SECURE else "wanjia"
CSRF_COOKIE_NAME = "__Host-csrf" if WANJIA_SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = WANJIA_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if WANJIA_SECURE else None
# A probe on the machine itself speaks plain HTTP; neither address says anything about anybody.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if WANJIA_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

CSRF_FAILURE_VIEW = "wanjia.site.errors.token_refused"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [HOUSE / "site" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [HOUSE / "site" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Built assets bear a digest in their name and lie compressed beside themselves: served as they are, without collecting.
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+/built/.+\.[0-9a-f]{12}\.(css|js|svg)$"
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024  # a picture, 12 MB at most, lies on no disk as it was taken

# Lines of JSON without personal data; the requests themselves only under `wanjia serve`.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "wanjia.office.health.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("WANJIA_LOG", "WARNING")},
    "loggers": {"wanjia.request": {"level": "INFO" if os.environ.get("WANJIA_REQUEST_LOG") == "1" else "WARNING"}},
}
