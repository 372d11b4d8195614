"""The one list of permissions and the roles that bundle them. The grammar is `noun.verb`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """What a person may do, on objects of the units they hold a role in and the units below."""

    DESK_READ = "desk.read"  # see stories, alerts, incidents, statements
    ITEM_OPEN = "item.open"  # open the sealed link of a private post (logged)
    ITEM_ERASE = "item.erase"
    ALERT_DECIDE = "alert.decide"  # acknowledge or dismiss
    SUBMISSION_ADD = "submission.add"  # write down what people say by telephone, on paper, in person
    SUBMISSION_CHANGE = "submission.change"  # mark as read, show its words in public
    CONTACT_OPEN = "contact.open"  # open the sealed contact of a person who wrote to us (logged)
    CASE_WORK = "case.work"  # take, assign, send on, pause, write answers, ask whether they helped
    CASE_SEND = "case.send"  # look at an answer somebody else wrote and send it; settle what is contested
    REPLY_APPROVE = "reply.approve"  # texts of the bank, which go out without another look
    FORM_CHANGE = "form.change"  # make and close forms for a place, with their QR codes
    STORY_CHANGE = "story.change"  # split and merge stories
    ALERT_RULE = "alert.rule"  # how many false alarms a week, and what the desk must hear of
    INCIDENT_OPEN = "incident.open"
    INCIDENT_CHANGE = "incident.change"  # level, owner, state, note
    INCIDENT_JUDGE = "incident.judge"  # say in a room what one makes of it
    STATEMENT_WRITE = "statement.write"
    STATEMENT_APPROVE = "statement.approve"
    STATEMENT_PUBLISH = "statement.publish"
    ANSWER_REVIEW = "answer.review"  # decide disputes of answers, which come by turn
    SOURCE_CHANGE = "source.change"
    QUESTION_CHANGE = "question.change"  # ask, change, pause and remove standing questions
    QUESTION_REVIEW = "question.review"  # look again at what a flagged question found (promise 10)
    FINDING_RECORD = "finding.record"  # what the overseer finds about a missed clock or an ignored message
    OVERSIGHT_READ = "oversight.read"  # the overseer's page: what the desk must answer for
    REPORT_EXPORT = "report.export"
    UNIT_CHANGE = "unit.change"
    PERSON_CHANGE = "person.change"
    VOICE_CHANGE = "voice.change"
    CHANNEL_CHANGE = "channel.change"  # add, test, pause and remove the channels that statements go to
    DUTY_CHANGE = "duty.change"  # whom a unit calls, in which order
    DRILL_RUN = "drill.run"


class Role(StrEnum):
    INFORMATION_OFFICER = "information_officer"
    SPOKESPERSON = "spokesperson"
    COMMENTATOR = "commentator"
    MODERATOR = "moderator"
    CASE_HANDLER = "case_handler"
    HEAD = "head"
    LEGAL_REVIEWER = "legal_reviewer"
    OVERSEER = "overseer"  # while nobody holds it, flags stand on the public page (promise 10)
    ADMINISTRATOR = "administrator"


# These stand outside communications: who holds one holds no other role, in no unit.
APART = frozenset({Role.LEGAL_REVIEWER, Role.OVERSEER})

_READ = {Permission.DESK_READ, Permission.SUBMISSION_ADD}
_JUDGE = _READ | {Permission.INCIDENT_JUDGE}
_OFFICER = _READ | {
    Permission.ITEM_OPEN,
    Permission.SUBMISSION_CHANGE,
    Permission.CONTACT_OPEN,
    Permission.CASE_WORK,
    Permission.FORM_CHANGE,
    Permission.ALERT_DECIDE,
    Permission.STORY_CHANGE,
    Permission.INCIDENT_OPEN,
    Permission.INCIDENT_CHANGE,
    Permission.INCIDENT_JUDGE,
    Permission.STATEMENT_WRITE,
    Permission.QUESTION_CHANGE,
    Permission.REPORT_EXPORT,
    Permission.OVERSIGHT_READ,
    Permission.DRILL_RUN,
}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.INFORMATION_OFFICER: frozenset(_OFFICER | {Permission.SOURCE_CHANGE}),
    Role.SPOKESPERSON: frozenset(
        _OFFICER
        | {
            Permission.STATEMENT_APPROVE,
            Permission.STATEMENT_PUBLISH,
            Permission.CASE_SEND,
            Permission.REPLY_APPROVE,
            Permission.ANSWER_REVIEW,
        }
    ),
    Role.COMMENTATOR: frozenset(_JUDGE | {Permission.STATEMENT_WRITE}),
    Role.MODERATOR: frozenset(
        _JUDGE
        | {
            Permission.ITEM_OPEN,
            Permission.ALERT_DECIDE,
            Permission.SUBMISSION_CHANGE,
            Permission.ANSWER_REVIEW,
        }
    ),
    Role.CASE_HANDLER: frozenset(
        _JUDGE
        | {
            Permission.ITEM_OPEN,
            Permission.STATEMENT_WRITE,
            Permission.SUBMISSION_CHANGE,
            Permission.CONTACT_OPEN,
            Permission.CASE_WORK,
        }
    ),
    Role.HEAD: frozenset(
        _OFFICER
        | {
            Permission.STATEMENT_APPROVE,
            Permission.STATEMENT_PUBLISH,
            Permission.CASE_SEND,
            Permission.REPLY_APPROVE,
            Permission.ANSWER_REVIEW,
            Permission.DUTY_CHANGE,
            Permission.ALERT_RULE,
            Permission.QUESTION_REVIEW,
        }
    ),
    # Reads drafts before they go out, and opens a post in its place where a person is harmed.
    Role.LEGAL_REVIEWER: frozenset(_READ | {Permission.ITEM_OPEN, Permission.ANSWER_REVIEW}),
    # Outside the desk: reads what is assigned to the office and changes no desk object.
    Role.OVERSEER: frozenset(
        {Permission.OVERSIGHT_READ, Permission.QUESTION_REVIEW, Permission.FINDING_RECORD}
    ),
    # The administrator runs the desk and does not speak for it: approving stays with head and spokesperson.
    Role.ADMINISTRATOR: frozenset(
        _OFFICER
        | {
            Permission.SOURCE_CHANGE,
            Permission.ITEM_ERASE,
            Permission.UNIT_CHANGE,
            Permission.PERSON_CHANGE,
            Permission.VOICE_CHANGE,
            Permission.CHANNEL_CHANGE,
            Permission.DUTY_CHANGE,
            Permission.ALERT_RULE,
            Permission.QUESTION_REVIEW,
        }
    ),
}
