"""The public timelines of a Mastodon server: whole, of the server alone, or of one hashtag."""
