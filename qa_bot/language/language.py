"""What modules know of a language without knowing which language."""

from typing import Literal

AnswerType = Literal["number", "time", "person", "place", "reason"]
"""The kinds of things that questions ask for."""
NAMED: tuple[AnswerType, ...] = ("person", "place")
"""Kinds of things that have names, which are written with a capital."""
YEAR = r"[12]\d{3}"
"""A regular expression for a year in prose."""
