"""The chat: a Textual application over the core."""
