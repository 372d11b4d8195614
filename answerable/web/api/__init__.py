"""What programs read and send: answers in standard formats, without cookies or sessions."""
