"""One fact sheet in many forms: card, 200 words, easy words, what each channel takes."""
