"""The one table of settings: name, default, help. Read from the environment, then `settings.toml`.

`ANSWERABLE_<NAME>` in the environment wins over the file in the data folder. Nothing else reads settings,
and stages never do: they get values.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answerable.errors import NotReady


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str | int | float | bool | tuple[str, ...]
    help: str
    env: str = ""  # another environment variable that is read as well


SETTINGS: tuple[Setting, ...] = (
    Setting("host", "127.0.0.1", "Address the web server listens on."),
    Setting("port", 8000, "Port of the web server.", env="PORT"),
    Setting("web_workers", 2, "Number of web worker processes."),
    Setting(
        "public_url",
        "",
        "Address people use from outside, e.g. https://answers.example. Empty: host and port.",
    ),
    Setting(
        "database_url",
        "",
        "postgres://user:password@host/name for PostgreSQL. Empty: SQLite in the data folder.",
        env="DATABASE_URL",
    ),
    Setting("body_name", "Our public body", "Name of the public body, shown on every public page."),
    Setting("timezone", "UTC", "Time zone of the top unit when the desk is created, e.g. Europe/Madrid."),
    Setting(
        "own_names",
        "",
        "Names of officers and policies beside those on the desk, separated by semicolons. "
        "A standing question that names one of them without a matter is flagged.",
    ),
    Setting(
        "allow_private",
        (),
        "Private addresses or networks that sources are fetched from and notices sent to, e.g. 10.1.0.0/16.",
    ),
    Setting(
        "ca_file",
        "",
        "File of certificates (PEM) that are trusted beside the usual ones, for servers inside your network.",
    ),
    Setting(
        "mailbox_passwords",
        "",
        "Passwords of mailboxes as JSON, {address: password}, for desks set up by their environment. "
        "Otherwise `add` and the page ask for them. Never shown, never logged, not in the database.",
    ),
    Setting(
        "keep_days", 90, "Days that items of private authors are kept, unless the source says otherwise."
    ),
    Setting(
        "contact_days", 90, "Days after which the contact of somebody who wrote to us by a form is deleted."
    ),
    Setting(
        "files_mb",
        2_000,
        "Megabytes of files from mails that are kept in all; of further ones name, size and digest.",
    ),
    Setting(
        "open311_keys",
        (),
        "Keys of programs that may send requests by Open311. Empty: everybody may, within limits.",
    ),
    Setting("smtp_host", "", "Mail server that takes our notices. Empty: nobody is reached by mail."),
    Setting("smtp_port", 587, "Port of the mail server: 587 with starttls, 465 with tls."),
    Setting(
        "smtp_security",
        "starttls",
        "How the way to the mail server is encrypted: starttls, tls, or none for a server on this machine.",
    ),
    Setting("smtp_user", "", "Name we sign in with at the mail server. Empty: without signing in."),
    Setting(
        "smtp_password", "", "Password for the mail server. Never shown, never logged, not in the database."
    ),
    Setting("mail_from", "", "Address that mail comes from, e.g. desk@answers.example."),
    Setting(
        "claim_finder",
        "",
        "Finder of claims from an installed package. Empty: the one that comes with the desk.",
    ),
    Setting(
        "mood_scorer",
        "",
        "Name of an installed scorer of moods (entry point answerable.scorers). Empty: the desk's own.",
    ),
    Setting("parse_workers", 1, "Number of killable workers that parse what strangers send."),
    Setting("session_hours", 12, "Hours after which a person has to sign in again."),
    Setting(
        "oidc_issuer",
        "",
        "Address of your organisation's sign-in (OpenID Connect issuer). Empty: ours alone.",
    ),
    Setting("oidc_client_id", "", "Name under which that sign-in knows this desk."),
    Setting(
        "oidc_client_secret",
        "",
        "Secret of this desk at that sign-in. Never shown, never logged, not in the database.",
    ),
    Setting(
        "oidc_login_claim",
        "preferred_username",
        "What of a person's claims is their login here, at their first sign-in by it: e.g. email or upn.",
    ),
    Setting(
        "trusted_proxies",
        (),
        "Addresses or networks of your own proxies. Only what they say of a caller's address is believed.",
    ),
    Setting(
        "security_contact",
        (),
        "Mail addresses or https addresses for reports of weaknesses; they make /.well-known/security.txt.",
    ),
    Setting("security_policy", "", "Address (https) of your policy for such reports."),
    Setting("secure_cookies", False, "Send cookies over HTTPS only. Switch on behind a TLS proxy."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    host: str
    port: int
    web_workers: int
    public_url: str
    database_url: str
    body_name: str
    timezone: str
    own_names: str
    allow_private: tuple[str, ...]
    ca_file: str
    mailbox_passwords: str = field(repr=False)
    keep_days: int
    contact_days: int
    files_mb: int
    open311_keys: tuple[str, ...] = field(repr=False)
    claim_finder: str
    mood_scorer: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    smtp_password: str = field(repr=False)
    mail_from: str
    parse_workers: int
    session_hours: int
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    oidc_login_claim: str
    trusted_proxies: tuple[str, ...]
    security_contact: tuple[str, ...]
    security_policy: str
    secure_cookies: bool

    @property
    def address(self) -> str:
        """Where people reach the desk, without a trailing slash."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read all settings once. Raises NotReady with one line when a value cannot be read."""
    environ = os.environ if environ is None else environ
    home = Path(environ.get("ANSWERABLE_HOME") or Path.home() / ".answerable").expanduser().absolute()
    file = home / "settings.toml"
    try:
        written = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"{file} cannot be read ({error}): mend or remove it, then start again.") from error
    unknown = sorted(set(written) - {setting.name for setting in SETTINGS})
    if unknown:
        raise NotReady(
            f"{file} has a setting that does not exist ({unknown[0]}): correct its name or remove it."
        )
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        raw = environ.get(f"ANSWERABLE_{setting.name.upper()}") or (
            environ.get(setting.env) if setting.env else None
        )
        if raw is None:
            raw = written.get(setting.name, setting.default)
        values[setting.name] = _convert(setting, raw)
    return Settings(home=home, **values)


def _convert(setting: Setting, raw: Any) -> Any:
    kind = type(setting.default)
    try:
        if kind is bool:
            return raw if isinstance(raw, bool) else str(raw).strip().lower() in {"1", "true", "yes", "on"}
        if kind is tuple:
            return (
                tuple(raw.replace(",", " ").split())
                if isinstance(raw, str)
                else tuple(str(part) for part in raw)
            )
        return kind(raw)
    except (TypeError, ValueError) as error:
        wanted = {int: "a whole number", float: "a number"}.get(kind, "text")
        raise NotReady(
            f"The setting {setting.name} is {raw!r}, but needs {wanted}: correct it, then start again."
        ) from error
