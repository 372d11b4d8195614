"""Where do our words go? Every channel with its health; one button each to test, pause, resume and remove."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.collect.fetch import Fetcher
from answerable.errors import BadInput, ChannelTrouble, Conflict
from answerable.permissions import Permission
from answerable.publish.channels import Channel
from answerable.publish.networks.asking import Line
from answerable.store import channels
from answerable.store.access import require
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow
from answerable.store.reading import channels as reading
from answerable.store.real_channels import real_channel, try_out
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

PATIENCE_S = 10.0


def channel_list(request: Request) -> HttpResponse:
    """GET channels"""
    return _shown(request)


def channel_pause(request: Request, number: int) -> HttpResponse:
    """POST: what is published meanwhile waits."""
    said = request.texts.gettext("%(name)s is paused. What is published meanwhile waits for it.")
    return _changed(request, number, said, lambda row: channels.pause(staff(request), row, now=request.now))


def channel_resume(request: Request, number: int) -> HttpResponse:
    """POST: what waits goes out."""
    said = request.texts.gettext("%(name)s speaks again. What waited goes out now.")
    return _changed(request, number, said, lambda row: channels.resume(staff(request), row, now=request.now))


def channel_remove(request: Request, number: int) -> HttpResponse:
    """POST: its secret is forgotten, its receipts stay."""
    said = request.texts.gettext("%(name)s was removed, and its secret is forgotten. Its receipts stay.")
    return _changed(
        request, number, said, lambda row: channels.remove(staff(request), row, _ring(), now=request.now)
    )


def channel_secret(request: Request, number: int) -> HttpResponse:
    """POST secret: kept in the key file, tried by the test."""
    said = request.texts.gettext("The new secret of %(name)s is kept. Test it now.")
    secret = request.POST.get("secret", "").strip()
    return _changed(
        request,
        number,
        said,
        lambda row: channels.renew_secret(staff(request), row, secret, _ring(), now=request.now),
    )


def channel_test(request: Request, number: int) -> HttpResponse:
    """POST: speak to its server without publishing anything."""
    row = _found(request, number)
    require(staff(request), Permission.CHANNEL_CHANGE, row.unit)
    _ = request.texts.gettext
    if row.kind in channels.ADDRESSED:
        try:
            audience = try_out(spoken_to(row, channels.secret_of(_ring(), row)), request.now)
        except ChannelTrouble as trouble:
            channels.note(row.pk, request.now, str(trouble))
            return _shown(request, request.texts.channel_trouble(str(trouble)), 502)
        channels.note(row.pk, request.now, audience=audience)
    return go(request, "channels", _("%(name)s answers and takes our sign-in.") % {"name": row.name})


def spoken_to(row: ChannelRow, secret: str) -> Channel:
    """The channel with little patience, for somebody who waits at a page."""
    ours = settings.ANSWERABLE
    fetcher = Fetcher(allow_private=ours.allow_private, seconds=PATIENCE_S, authorities=ours.ca_file)
    return real_channel(row, secret, Line(fetcher.post, fetcher.get), ours.address)


def _changed(request: Request, number: int, said: str, change: Callable[[ChannelRow], None]) -> HttpResponse:
    row = _found(request, number)
    try:
        change(row)
    except (BadInput, Conflict) as error:
        status = 409 if isinstance(error, Conflict) else 400
        return _shown(request, request.texts.gettext(str(error)), status)
    return go(request, "channels", said % {"name": row.name})


def _found(request: Request, number: int) -> ChannelRow:
    row = reading.channel_for(staff(request), number)
    if row is None:
        raise Http404
    return row


def _ring() -> Keyring:
    return Keyring.open(settings.ANSWERABLE.home)


def _shown(request: Request, trouble: str = "", status: int = 200) -> HttpResponse:
    lines = reading.channel_lines(staff(request))
    names = {"lines": lines, "trouble": trouble, "missing": sum(line.missing for line in lines)}
    return render(request, "staff/channels.html", names, status=status)
