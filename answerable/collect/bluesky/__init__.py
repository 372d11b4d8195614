"""Public posts of Bluesky's network: by Jetstream, or straight from a server (PDS) or relay of it."""
