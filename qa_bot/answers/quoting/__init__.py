"""A hit becomes a verbatim quote."""
