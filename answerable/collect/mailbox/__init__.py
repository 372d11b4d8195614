"""A mailbox as a source: mails over IMAP become messages; nobody's address is kept."""
