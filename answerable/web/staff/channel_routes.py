"""Addresses of channels, and of what they carried."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.public import cap_pages
from answerable.web.staff import channel_add, channel_list, delivery_list, delivery_show, travel_show

_reads = needs(Permission.DESK_READ)
_changes = needs(Permission.CHANNEL_CHANGE, "POST")
_publishes = needs(Permission.STATEMENT_PUBLISH, "POST")
_CHANNEL = "channels/<int:number>"

ROUTES: tuple[URLPattern, ...] = (
    path("deliveries", _reads(delivery_list.delivery_list), name="deliveries"),
    path(
        "deliveries.<str:kind>",
        needs(Permission.REPORT_EXPORT)(delivery_list.deliveries_export),
        name="deliveries_export",
    ),
    path("deliveries/<int:number>", _reads(delivery_show.delivery_show), name="delivery"),
    path("deliveries/<int:number>/again", _publishes(delivery_show.delivery_again), name="delivery_again"),
    path(
        "deliveries/<int:number>/confirm", _publishes(delivery_show.delivery_confirm), name="delivery_confirm"
    ),
    path(
        "statements/<int:number>/versions/<int:version>/cap.xml",
        _reads(cap_pages.message),
        name="cap_message",
    ),
    path("statements/<int:number>/travel", _reads(travel_show.travel_show), name="travel"),
)

REAL: tuple[URLPattern, ...] = (
    path("channels", _reads(channel_list.channel_list), name="channels"),
    path(
        "channels/new",
        needs(Permission.CHANNEL_CHANGE, "GET", "POST")(channel_add.channel_add),
        name="channel_add",
    ),
    path(f"{_CHANNEL}/test", _changes(channel_list.channel_test), name="channel_test"),
    path(f"{_CHANNEL}/pause", _changes(channel_list.channel_pause), name="channel_pause"),
    path(f"{_CHANNEL}/resume", _changes(channel_list.channel_resume), name="channel_resume"),
    path(f"{_CHANNEL}/secret", _changes(channel_list.channel_secret), name="channel_secret"),
    path(f"{_CHANNEL}/remove", _changes(channel_list.channel_remove), name="channel_remove"),
)
