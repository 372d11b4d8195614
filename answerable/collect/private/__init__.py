"""What identifies a private person inside a text, found by form, checksum and the words around it."""
