"""How English words are spelt: their endings, and the spellings of Britain and America."""

ENDINGS = frozenset(
    ["s", "es", "d", "ed", "r", "er", "ers", "st", "est", "ing", "ings", "ly", "al", "y", "n", "less", "ness"]
)
"""Endings that may follow a word of the model's vocabulary ("smear" and "ing")."""

SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
    ("ence", "ense"),
    ("ogue", "og"),
    ("amme", "am"),
    ("ae", "e"),
)
"""British and American endings and letters of the same words."""
