"""Standing questions: which items does a saved search want? Words in any language, or more like these."""
