"""The way in: sign-in, one-time links, passwords, sign-out; and the files of the look."""
