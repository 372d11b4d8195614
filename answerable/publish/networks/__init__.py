"""Channels that belong to others: Mastodon, Bluesky, webhooks, WebSub hubs; and the loopback of drills."""
