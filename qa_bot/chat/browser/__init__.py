"""The chat in a web browser: a page with a terminal in it, and behind each page a chat of its own."""
