"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.web.guard import open_to_all
from answerable.web.public import (
    doing_page,
    evidence_page,
    feed_pages,
    follow_page,
    forecasts_page,
    health,
    home_page,
    hub_receive,
    incident_page,
    listening_page,
    overdue_list,
    overseer_write,
    robots,
    rumour_ask,
    rumour_dispute,
    rumour_list,
    rumour_page,
    rumour_vote,
    security_txt,
    statement_export,
    statement_list,
    statement_page,
    tell_us,
    transparency_page,
    voices_page,
)

_open = open_to_all()
_form = open_to_all("GET", "POST")

ROUTES: tuple[URLPattern, ...] = (
    path("", _open(home_page.page), name="home"),
    path("statements/", _open(statement_list.page), name="statements"),
    path("statements/export.jsonl", _open(statement_export.export), name="statements_export"),
    path("statements/<int:number>/", _open(statement_page.page), name="statement"),
    path(
        "statements/<int:number>/versions/<int:version>/", _open(statement_page.version_page), name="version"
    ),
    path("rumours/", _open(rumour_list.page), name="rumours"),
    path("rumours/corrections/", _open(rumour_list.corrections), name="corrections"),
    path("rumours/feed.atom", _open(rumour_list.feed), name="rumours_feed"),
    path("rumours/export.jsonl", _open(rumour_list.export), name="rumours_export"),
    path("rumours/<int:number>/", _open(rumour_page.page), name="rumour"),
    path("rumours/<int:number>/claim-review.json", _open(rumour_page.claim_review), name="claim_review"),
    path("rumours/<int:number>/watch", open_to_all("POST")(rumour_ask.watch), name="rumour_watch"),
    path("rumours/<int:number>/helpful", open_to_all("POST")(rumour_vote.helpful), name="rumour_helpful"),
    path("rumours/<int:number>/dispute", _form(rumour_dispute.dispute), name="rumour_dispute"),
    path("rumours/disputes/<int:number>", _open(rumour_dispute.outcome), name="dispute"),
    path("rumours/letters/<str:token>", _form(rumour_ask.letter), name="rumour_letter"),
    path("documents/<str:sha256>", _open(rumour_page.document), name="document"),
    path("incidents/<int:number>/", _open(incident_page.page), name="incident"),
    path("overdue/", _open(overdue_list.page), name="overdue"),
    path("overdue/list.<str:kind>", _open(overdue_list.export), name="overdue_export"),
    path("evidence/<int:item>/", _open(evidence_page.page), name="evidence"),
    path("tell-us", _form(tell_us.page), name="tell_us"),
    path("overseer", _form(overseer_write.page), name="overseer_write"),
    path("overseer/gone", _open(overseer_write.gone), name="overseer_gone"),
    path("t/<str:slug>", _open(tell_us.place_form), name="place_form"),
    path("follow/", _form(follow_page.ask), name="follow_ask"),
    path("follow/<str:code>", _open(follow_page.page), name="follow"),
    path("follow/<str:code>/contest", open_to_all("POST")(follow_page.contest), name="follow_contest"),
    path("follow/<str:code>/helped", open_to_all("POST")(follow_page.helped), name="follow_helped"),
    path("follow/<str:code>/take-back", open_to_all("POST")(follow_page.take_back), name="take_back"),
    path("doing/", _open(doing_page.page), name="doing"),
    path("doing/cases-<str:day>.json", _open(doing_page.data), name="doing_data"),
    path("doing/cases-<str:day>.sig", _open(doing_page.signature), name="doing_signature"),
    path("doing/recompute_rates.py", _open(doing_page.recompute), name="doing_script"),
    path("listening/", _open(listening_page.page), name="listening"),
    path("forecasts/", _open(forecasts_page.page), name="forecasts"),
    path("forecasts/scored.csv", _open(forecasts_page.export), name="forecasts_export"),
    path("voices/", _open(voices_page.page), name="voices"),
    path("transparency/", _open(transparency_page.page), name="transparency"),
    path("transparency/ledger.jsonl", _open(transparency_page.export), name="ledger_export"),
    path("transparency/heads.json", _open(transparency_page.heads_export), name="heads_export"),
    path("feed.atom", _open(feed_pages.atom), name="atom"),
    path("feed.json", _open(feed_pages.json_feed), name="json_feed"),
    path("hub/<str:token>", open_to_all("GET", "POST")(hub_receive.receive), name="hub_receive"),
    path("healthz", _open(health.page), name="health"),
    path(".well-known/security.txt", _open(security_txt.page), name="security_txt"),
    path("robots.txt", _open(robots.page), name="robots"),
)
