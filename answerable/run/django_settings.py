"""Django's settings, made from our one table. Imported by Django only; `run.start.django()` points here."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from answerable import settings as table
from answerable.errors import NotReady

ANSWERABLE = table.load()

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000; "
    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
)


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a setting. Raises NotReady when the address cannot be read."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(ANSWERABLE.home / "answerable.db"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS, "timeout": 30},
            "CONN_MAX_AGE": None,
        }
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise NotReady(
            "DATABASE_URL is not an address of a PostgreSQL database: "
            "write postgres://user:password@host/name, or leave it empty for SQLite."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder may stand in ?host=/folder, as libpq writes it.
        "HOST": unquote(query.get("host", "")) or unquote(parts.hostname or ""),
        "PORT": str(port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10},
    }


DATABASES = {"default": database(ANSWERABLE.database_url)}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "answerable.store",
]
AUTH_USER_MODEL = "store.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name")},
    },
]
AUTHENTICATION_BACKENDS = ["answerable.web.backend.DeskBackend"]
ROOT_URLCONF = "answerable.web.urls"
MIDDLEWARE = [
    "answerable.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "answerable.web.session_keys.SessionKeys",
    "answerable.web.middleware.Frame",
    "answerable.web.bounds.Bounds",
]
CSRF_FAILURE_VIEW = "answerable.web.errors.csrf_failed"
SESSION_COOKIE_AGE = ANSWERABLE.session_hours * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ANSWERABLE.secure_cookies
PUBLIC = urlsplit(ANSWERABLE.address)
# A page that another site makes a browser load from us must not find us under a name that is not ours.
ALLOWED_HOSTS = (
    ["*"]
    if ANSWERABLE.host in {"0.0.0.0", "::"} and not ANSWERABLE.public_url  # noqa: S104 (compared, not bound)
    else sorted({"localhost", "127.0.0.1", "[::1]", ANSWERABLE.host, PUBLIC.hostname or "localhost"})
)
CSRF_TRUSTED_ORIGINS = [f"{PUBLIC.scheme}://{PUBLIC.netloc}"] if ANSWERABLE.public_url else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000  # what strangers send lies on no disk, see web/bounds.py
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # our own texts go through gettext and Babel, see web/texts.py
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False
LOGGING_CONFIG = None
