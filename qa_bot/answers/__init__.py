"""A question becomes quotes."""
