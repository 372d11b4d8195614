"""Addresses of the staff pages, relative to /desk/ and /exercise/."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import (
    drill_score,
    drill_start,
    drill_wipe,
    language_set,
    now_show,
    search_show,
    settings_show,
)
from answerable.web.staff.advice_choose import choose_advice
from answerable.web.staff.advice_list import advice_export, advice_page
from answerable.web.staff.alert_acknowledge import acknowledge
from answerable.web.staff.alert_dismiss import dismiss
from answerable.web.staff.aside_decide import aside_again, aside_all_again, aside_discard
from answerable.web.staff.aside_list import aside, aside_export
from answerable.web.staff.import_show import import_show
from answerable.web.staff.import_start import import_start
from answerable.web.staff.item_open import open_item
from answerable.web.staff.item_show import item
from answerable.web.staff.mailbox_add import mailbox_add
from answerable.web.staff.mailbox_password import mailbox_password
from answerable.web.staff.matter_list import matters, matters_export
from answerable.web.staff.matter_show import matter
from answerable.web.staff.network_add import network_add
from answerable.web.staff.person_deactivate import person_deactivate
from answerable.web.staff.person_invite import person_invite
from answerable.web.staff.person_link import person_link
from answerable.web.staff.person_reactivate import person_reactivate
from answerable.web.staff.roles_change import roles_change
from answerable.web.staff.source_add import source_add
from answerable.web.staff.source_list import source_list, sources_export
from answerable.web.staff.source_pause import source_pause
from answerable.web.staff.source_remove import source_remove
from answerable.web.staff.source_resume import source_resume
from answerable.web.staff.source_show import source
from answerable.web.staff.source_upload import source_upload
from answerable.web.staff.story_items_list import story_items_export, story_items_page
from answerable.web.staff.story_list import stories, stories_export
from answerable.web.staff.story_merge import merge
from answerable.web.staff.story_show import show
from answerable.web.staff.story_split import split
from answerable.web.staff.unit_create import unit_create
from answerable.web.staff.unit_list import units
from answerable.web.staff.voice_register import voice_register
from answerable.web.staff.voice_retire import voice_retire

_reads = needs(Permission.DESK_READ)
_exports = needs(Permission.REPORT_EXPORT)
_changes_stories = needs(Permission.STORY_CHANGE, "GET", "POST")
_decides = needs(Permission.ALERT_DECIDE, "POST")
_listens = needs(Permission.SOURCE_CHANGE, "POST")
_listens_by_form = needs(Permission.SOURCE_CHANGE, "GET", "POST")
_people = needs(Permission.PERSON_CHANGE, "POST")
_people_by_form = needs(Permission.PERSON_CHANGE, "GET", "POST")

_ALERT = "alerts/<int:number>"
_ITEM = "items/<int:number>"
_SOURCE = "sources/<int:number>"
_STORY = "stories/<int:number>"
_PERSON = "people/<int:number>"

ROUTES: tuple[URLPattern, ...] = (
    path("", _reads(now_show.now), name="now"),
    path("now/live", _reads(now_show.live), name="now_live"),
    path("search", _reads(search_show.search_page), name="search"),
    path("stories", _reads(stories), name="stories"),
    path("stories.<str:kind>", _exports(stories_export), name="stories_export"),
    path(_STORY, _reads(show), name="story"),
    path(f"{_STORY}/split", _changes_stories(split), name="story_split"),
    path(f"{_STORY}/merge", _changes_stories(merge), name="story_merge"),
    path("matters", _reads(matters), name="matters"),
    path("matters.<str:kind>", _exports(matters_export), name="matters_export"),
    path("matters/<int:number>", _reads(matter), name="matter"),
    path(f"{_STORY}/items", _reads(story_items_page), name="story_items"),
    path(f"{_STORY}/items.<str:kind>", _exports(story_items_export), name="story_items_export"),
    path(_ITEM, _reads(item), name="item"),
    path(f"{_ITEM}/open", needs(Permission.ITEM_OPEN, "POST")(open_item), name="item_open"),
    path(f"{_ALERT}/acknowledge", _decides(acknowledge), name="alert_acknowledge"),
    path(f"{_ALERT}/dismiss", _decides(dismiss), name="alert_dismiss"),
    path("advice", _reads(advice_page), name="advice"),
    path("advice.<str:kind>", _exports(advice_export), name="advice_export"),
    path("advice/<int:number>/choose", _decides(choose_advice), name="advice_choose"),
    path("sources", _reads(source_list), name="sources"),
    path("sources.<str:kind>", _exports(sources_export), name="sources_export"),
    path(_SOURCE, _reads(source), name="source"),
    path("sources/aside", _reads(aside), name="aside"),
    path("sources/aside.<str:kind>", _exports(aside_export), name="aside_export"),
    path("sources/aside/again", _listens(aside_all_again), name="aside_all_again"),
    path("sources/aside/<int:number>/again", _listens(aside_again), name="aside_again"),
    path("sources/aside/<int:number>/discard", _listens(aside_discard), name="aside_discard"),
)

# What is the same for real and drill stands once, on the real side: sources, units, people, settings.
REAL: tuple[URLPattern, ...] = (
    path("sources/new", _listens_by_form(source_add), name="source_add"),
    path("sources/list", _listens_by_form(source_upload), name="source_upload"),
    path("imports/new", _listens_by_form(import_start), name="import_start"),
    path("imports/<int:number>", _reads(import_show), name="import_show"),
    path("sources/mailbox", _listens_by_form(mailbox_add), name="mailbox_add"),
    path("sources/network", _listens_by_form(network_add), name="network_add"),
    path(f"{_SOURCE}/password", _listens_by_form(mailbox_password), name="mailbox_password"),
    path(f"{_SOURCE}/pause", _listens(source_pause), name="source_pause"),
    path(f"{_SOURCE}/resume", _listens(source_resume), name="source_resume"),
    path(f"{_SOURCE}/remove", _listens(source_remove), name="source_remove"),
    path("units", _reads(units), name="units"),
    path("units/new", needs(Permission.UNIT_CHANGE, "GET", "POST")(unit_create), name="unit_create"),
    path("people/new", _people_by_form(person_invite), name="person_invite"),
    path(f"{_PERSON}/roles", _people_by_form(roles_change), name="roles_change"),
    path(f"{_PERSON}/link", _people(person_link), name="person_link"),
    path(f"{_PERSON}/deactivate", _people(person_deactivate), name="person_deactivate"),
    path(f"{_PERSON}/reactivate", _people(person_reactivate), name="person_reactivate"),
    path("voices/new", needs(Permission.VOICE_CHANGE, "GET", "POST")(voice_register), name="voice_register"),
    path(
        "voices/<int:number>/retire",
        needs(Permission.VOICE_CHANGE, "POST")(voice_retire),
        name="voice_retire",
    ),
    path("settings", needs(None)(settings_show.settings_page), name="settings"),
    path("settings/language", needs(None, "POST")(language_set.language_set), name="language_set"),
)

EXERCISE: tuple[URLPattern, ...] = (
    path("drill/score", _reads(drill_score.score), name="drill_score"),
    path("drill/start", needs(Permission.DRILL_RUN, "POST")(drill_start.start_drill), name="drill_start"),
    path("drill/wipe", needs(Permission.DRILL_RUN, "GET", "POST")(drill_wipe.wipe_drill), name="drill_wipe"),
)
