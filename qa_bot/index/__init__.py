"""Passages become searchable, on disk, safely."""
