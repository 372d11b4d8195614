"""A real server of Bluesky's network (`@atproto/pds`) on a loopback address, with people who post.

`tests/run_all.sh` installs it into `.cache/pds`, which git ignores.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.ports import free_port

HOST = "127.0.0.2"
HERE = Path(__file__).parent / "pds"
INSTALLED = Path(__file__).resolve().parents[2] / ".cache" / "pds"
POSTS = "app.bsky.feed.post"
_ADMIN = "admin-of-the-test"


@dataclass
class Person:
    """An account that may write."""

    did: str
    token: str


@dataclass
class Pds:
    """The server, and what people do there."""

    port: int
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def person(self, name: str) -> Person:
        """An account of that name, made at first use."""
        if name not in self.people:
            made = self.call(
                "com.atproto.server.createAccount",
                {"handle": f"{name}.test", "email": f"{name}@mail.test", "password": secrets.token_hex(8)},
            )
            self.people[name] = Person(made["did"], made["accessJwt"])
        return self.people[name]

    def post(self, name: str, text: str, **fields: Any) -> str:
        """A new post; gives its at:// address."""
        record = {"$type": POSTS, "text": text, "createdAt": _now(), "langs": ["en"], **fields}
        return str(self._write(name, "createRecord", collection=POSTS, record=record)["uri"])

    def like(self, name: str, uri: str) -> None:
        """Something that is no post."""
        record = {"$type": "app.bsky.feed.like", "subject": {"uri": uri, "cid": _CID}, "createdAt": _now()}
        self._write(name, "createRecord", collection="app.bsky.feed.like", record=record)

    def edit(self, name: str, uri: str, text: str) -> None:
        record = {"$type": POSTS, "text": text, "createdAt": _now()}
        self._write(name, "putRecord", collection=POSTS, rkey=uri.rsplit("/", 1)[1], record=record)

    def delete(self, name: str, uri: str) -> None:
        self._write(name, "deleteRecord", collection=POSTS, rkey=uri.rsplit("/", 1)[1])

    def close_account(self, name: str) -> None:
        """The account goes, with everything it wrote."""
        basic = base64.b64encode(f"admin:{_ADMIN}".encode()).decode()
        did = self.people.pop(name).did
        self.call("com.atproto.admin.deleteAccount", {"did": did}, f"Basic {basic}")

    def _write(self, name: str, method: str, **values: Any) -> dict[str, Any]:
        person = self.person(name)
        return self.call(
            f"com.atproto.repo.{method}",
            {"repo": person.did, "validate": False, **values},
            f"Bearer {person.token}",
        )

    def records(self, who: str) -> list[dict[str, Any]]:
        """Every post of an account, by handle or DID."""
        query = urllib.parse.urlencode({"repo": who, "collection": POSTS, "limit": 100})
        with urllib.request.urlopen(
            f"{self.address}/xrpc/com.atproto.repo.listRecords?{query}", timeout=30
        ) as answer:
            found: list[dict[str, Any]] = json.loads(answer.read())["records"]
            return found

    def call(self, method: str, values: dict[str, Any], authorization: str = "") -> dict[str, Any]:
        """One call of its API."""
        headers = {"Content-Type": "application/json"}
        if authorization:
            headers["Authorization"] = authorization
        if method.endswith("deleteRecord"):
            values.pop("validate", None)
        request = urllib.request.Request(
            f"{self.address}/xrpc/{method}", json.dumps(values).encode(), headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
            return found


_CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def missing() -> str:
    """Why there is no such server here, "" when there is."""
    if shutil.which("node") is None or not (INSTALLED / ".installed").exists():
        return "no PDS is installed: tests/run_all.sh installs it"
    return ""


@contextlib.contextmanager
def pds(folder: Path | None = None) -> Iterator[Pds]:
    """Run a fresh server while the tests need it."""
    port, plc = free_port(), free_port()
    shutil.copy2(HERE / "serve.mjs", INSTALLED / "serve.mjs")
    with tempfile.TemporaryDirectory(prefix="pds-") as made:
        home = folder or Path(made)
        env = {
            **os.environ, "PLC_PORT": str(plc), "PDS_DID_PLC_URL": f"http://127.0.0.1:{plc}",
            "PDS_PORT": str(port), "PDS_HOSTNAME": "localhost", "PDS_DEV_MODE": "1",
            "PDS_DATA_DIRECTORY": str(home / "data"), "PDS_BLOBSTORE_DISK_LOCATION": str(home / "blobs"),
            "PDS_JWT_SECRET": secrets.token_hex(16), "PDS_ADMIN_PASSWORD": _ADMIN,
            "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX": secrets.token_hex(32), "PDS_INVITE_REQUIRED": "0",
            "PDS_SERVICE_HANDLE_DOMAINS": ".test", "PDS_CRAWLERS": "", "LOG_ENABLED": "false",
        }  # fmt: skip
        (home / "data").mkdir(parents=True, exist_ok=True)
        log = home / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                ["node", "serve.mjs"],
                cwd=INSTALLED,
                env=env,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
            )
        try:
            _ready(process, log)
            yield Pds(port)
        finally:
            process.kill()
            process.wait(10)


def _ready(process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 300  # a busy machine is slow, not wrong
    while b'"port"' not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > ends:
            raise AssertionError(log.read_text("utf-8", "replace")[-2_000:])
        time.sleep(0.1)
