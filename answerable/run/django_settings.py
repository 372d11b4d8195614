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
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise NotReady(
            "DATABASE_URL is not an address of a PostgreSQL database: write postgres://user:password@host/name, "
            "or leave it empty for SQLite."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder may stand in ?host=/folder, as libpq writes it.
        "HOST": unquote(query.get("host", "")) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10},
    }


DATABASES = {"default": database(ANSWERABLE.database_url)}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "answerable.store"]
AUTH_USER_MODEL = "store.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ROOT_URLCONF = "answerable.web.urls"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # our own texts go through gettext and Babel, see web/texts.py
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False
LOGGING_CONFIG = None
