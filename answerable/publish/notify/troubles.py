"""One sentence for each thing that can be wrong with a notice on our side; a server speaks for itself.

The keys are what ChannelTrouble carries; web translates.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# fmt: off
NOTICE_TROUBLES: Mapping[str, str] = MappingProxyType({
    "bad_address": "This is no address that can be sent to.",
    "credentials": "The address contains a user name or password: remove them.",
    "bad_port": "The port is not one that web pages are served on.",
    "refused_address": "The address leads into a private network, which the settings do not allow.",
    "no_address": "The server's name was not found.",
    "timeout": "The server did not answer in time.",
    "no_connection": "No connection to the server could be made.",
    "tls": "The server's certificate could not be verified.",
    "connection_lost": "The server broke off before its answer was complete.",
    "bad_answer": "The server's answer does not follow the rules of HTTP.",
    "no_topic": "The address names no topic.",
    "not_mail": "This is no mail address.",
    "no_mail_server": "This desk has no mail server: an administrator sets smtp_host and mail_from.",
    "no_encryption": "The mail server offers no encryption or no sign-in.",
    "sign_in": "The mail server does not accept our sign-in.",
    "mail_away": "The mail server did not answer.",
    "unreadable": "The address cannot be read any more: enter it again.",
    "no_receipt": "The server took it without saying where it stands.",
    "channel_removed": "The channel was removed.",
    "by_hand": "This channel is served by hand.",
    "our_fault": "Something went wrong on our side; it is written in our log.",
})
# fmt: on
