"""One sentence for each thing that can be wrong with a source or with one of its items.

The page adds when we try again. The keys are the codes of SourceTrouble and Rejected; web translates.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# fmt: off
TROUBLES: Mapping[str, str] = MappingProxyType({
    # The address
    "bad_address": "This is no address that can be fetched: it needs http:// or https:// and a host name.",
    "credentials": "The address contains a user name or password; remove them.",
    "bad_port": "Port {port} is not one that web pages are served on.",
    "refused_address": "{host} leads into a private or reserved network, which is not allowed here.",
    "no_address": "The name {host} was not found; check the spelling.",
    "bad_mail_port": "Mailboxes are read on ports 143 and 993; the operator can allow port {port}.",
    # The connection
    "timeout": "The server did not finish its answer within {seconds} seconds.",
    "no_connection": "No connection to {host} could be made.",
    "tls": "The certificate of {host} could not be verified.",
    "connection_lost": "The server broke off before its answer was complete.",
    "bad_answer": "The server's answer does not follow the rules of HTTP.",
    # The answer
    "http_401": "The server asks for a password (401).",
    "http_403": "The server does not let us in (403).",
    "http_404": "There is nothing at this address any more (404).",
    "http_410": "The feed was removed for good (410).",
    "http_429": "The server asks us to come less often (429).",
    "http_status": "The server answered with an error ({status}).",
    "too_many_redirects": "The address redirects more than {limit} times or in a circle.",
    "too_big": "The answer is bigger than {limit_mb} MB.",
    "bomb": "The answer is a compressed bomb: it unpacks to far more than it should.",
    "encoding": "The answer is compressed in a way that we did not ask for, or is damaged.",
    # The mailbox
    "no_password": "We have no password for the mailbox at {host}.",
    "sign_in": "{host} does not accept the user name and password.",
    "no_folder": "The mailbox has no folder {folder} that we may open.",
    "no_uids": "{host} gives its mails no lasting numbers, so they cannot be read safely.",
    "mail_server_no": "The mail server {host} refused what we asked.",
    "bad_mail_answer": "The answer of {host} does not follow the rules of IMAP.",
    "mail_too_much": "The mail server sent far more than we asked for.",
    "mail_nested": "The mail has more parts inside one another than mails have, so it was left where it is.",
    "mail_headers": "The mail has headers longer than mails have, so it was left where it is.",
    # The document
    "not_a_feed": "The document is not a feed.",
    "not_open311": "The answer is no list of Open311 requests.",
    "web_page": "The address leads to a web page, not to a feed.",
    "not_mastodon": "The server does not answer as Mastodon does.",
    "not_atproto": "The server does not answer as Bluesky's servers do.",
    "no_article": "The page holds no article whose words could be read.",
    "robots": "{host} asks programs not to read this page (robots.txt), and we keep to it.",
    "empty_document": "The document is empty.",
    "entities": "The document declares entities, which is how attacks are made, so it was not read.",
    "odd_encoding": "The document is written in an encoding that hides its signs, so it was not read.",
    "too_slow": "Reading the document took longer than {seconds} seconds, so it was stopped.",
    "too_much_memory": "Reading the document took more memory than is allowed, so it was stopped.",
    "parser_died": "The document made the reader stop, so it was left alone.",
    "our_fault": "Something went wrong on our side; it is written in our log.",
    "gone_file": "The file {name} is not there any more or cannot be read.",
    # A file that somebody brings in
    "file_unreadable": "{name} cannot be read ({why}).",
    "file_no_rows": "Nothing in {name} can be read as JSON Lines or CSV.",
    "file_array": "{name} is one JSON array; write one object per line instead.",
    "file_utf16": "{name} is UTF-16; save it as UTF-8 and try again.",
    "file_gzip": "{name} is a damaged gzip file.",
    "file_bomb": "{name} is a compressed bomb: it unpacks to far more than it should.",
    "file_empty_rows": "{name} goes on for over a hundred thousand empty rows: delete them and try again.",
    "file_locked": "{name} is protected by a password: save it without one.",
    "file_damaged_zip": "{name} is a damaged workbook: open it in a spreadsheet and save it again.",
    "file_no_workbook": "{name} holds no sheet that can be read: save it again as .xlsx.",
    "file_empty_sheet": "The first sheet of {name} is empty.",
    "file_old_kind": "{name} is a workbook of an old kind, or locked: save it as .xlsx without a password.",
    "file_no_parquet": "{name} is a damaged Parquet file.",
    "file_entities": "{name} declares entities, which is how attacks are made, so it was not read.",
    "file_too_slow": "Reading {name} took too long, so it was stopped: save it as CSV.",
    "file_too_much_memory": "Reading {name} took more memory than is allowed: save it as CSV.",
    "file_parser_died": "{name} made the reader stop: save it as CSV.",
    "file_no_heading": "The first line names no columns; a CSV file needs a heading like id,time,text.",
    "file_no_column": "{name} has no column text, title or link; it has {columns}.",
    "file_no_such_column": "There is no column '{column}'; there are {columns}.",
    "file_source_gone": "The source was removed while the file was read; what came before stays.",
    "file_nothing": "Nothing in {name} can be used.",
    "file_nothing_good": "Nothing in {name} can be used (first: {where}, {reason}).",
    # One entry or row among good ones
    "not_json": "The line is not JSON.",
    "not_an_object": "The line is JSON, but not an object with named fields.",
    "bad_encoding": "The line is not UTF-8.",
    "bad_quotes": "A quotation mark is opened in this row and never closed.",
    "bad_columns": "The row has more fields than the heading.",
    "bad_time": "The time cannot be read; write it like 2026-03-14T09:30:00+01:00.",
    "set_aside": "It could not be stored and is set aside; the page of sources leads to it.",
    "too_long": "The line is longer than {limit_mb} MB.",
    "only_passed_on": "The row passes on another post without a word of its own.",
    "no_text": "There is neither text, title nor link.",
    "no_id": "There is nothing to tell this entry from others.",
    "nul": "There is a NUL character in it.",
    "surrogate": "There is half a character in it (a lone surrogate).",
})
# fmt: on


def sentence(code: str, params: Mapping[str, str | int | float] = MappingProxyType({})) -> str:
    """The English sentence for a code; the code itself when there is none, never an error."""
    text = TROUBLES.get(code, code)
    try:
        return text.format_map(params)
    except (KeyError, IndexError, ValueError):
        return text
