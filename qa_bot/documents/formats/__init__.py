"""The kinds of files that are read."""
