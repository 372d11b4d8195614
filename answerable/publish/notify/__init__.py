"""How a notice reaches one person: by mail, by a chat room's webhook, or by ntfy."""
