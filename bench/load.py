"""Many users at once: each has a session of their own and opens one page after the other."""

# ruff: noqa: S311 -- draws from a fixed seed

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx2

Cookies = dict[str, str]


@dataclass
class Answers:
    """What came back: milliseconds and bytes of each page, and the seconds for all."""

    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    took: float = 0.0


def sign_in(address: str, token: str) -> Cookies:
    """The cookies of somebody who came by a one-time link."""
    with httpx2.Client(base_url=address, headers={"Origin": address}, timeout=60) as client:
        page = client.get(f"/sign-in/once/{token}").text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if found is None:
            raise RuntimeError("the sign-in page has no form")
        client.post(f"/sign-in/once/{token}", data={"csrfmiddlewaretoken": found[1]})
        return dict(client.cookies.items())


def ask(address: str, users: Sequence[Cookies], paths: Sequence[str], every_s: float = 0.0) -> Answers:
    """All paths, shared out among the users; RuntimeError if one failed.

    Each opens a page every `every_s` seconds or so, half to one and a half of it: nobody marches in step.
    """
    left = iter(paths)
    drawn = random.Random(len(paths))
    ready = threading.Barrier(len(users) + 1)
    trust = httpx2.create_ssl_context()  # making one for each user takes seconds, and none is used here
    lock = threading.Lock()
    answers = Answers()

    def user(cookies: Cookies, first_after: float) -> None:
        with httpx2.Client(base_url=address, cookies=cookies, timeout=60, verify=trust) as http:
            http.get("/healthz")  # every connection is there before the first measure
            ready.wait()
            time.sleep(first_after)
            while True:
                with lock:
                    wanted = next(left, "")
                if not wanted:
                    return
                started = time.perf_counter()
                answer = http.get(wanted)
                took = time.perf_counter() - started
                with lock:
                    pause = every_s * drawn.uniform(0.5, 1.5)
                    answers.times.append(took * 1000)
                    answers.sizes.append(len(answer.content))
                    if answer.status_code != 200:
                        answers.wrong.append(f"{wanted}: {answer.status_code}")
                time.sleep(max(0.0, pause - took))

    threads = [
        threading.Thread(target=user, args=(cookies, every_s * place / len(users)))
        for place, cookies in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    answers.took = time.perf_counter() - started
    if answers.wrong or len(answers.times) < len(paths):
        raise RuntimeError(
            f"{len(answers.wrong)} of {len(answers.times)} answers were wrong: {answers.wrong[:3]}"
        )
    return answers
