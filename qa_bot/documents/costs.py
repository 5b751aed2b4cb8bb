"""What it costs to end a passage at a place, and what a passage costs by its length.

The division of a section with the lowest sum is taken. The unit is roughly the cost of an empty passage (`size_cost(0)` is
1.1), so a cut that costs more than 1.1 is made only where a passage would otherwise be too long. All costs were chosen by
hand, by reading where news articles, letters, speeches and guides to software were cut; none was fitted to a figure.
"""

FEWEST, IDEAL, MOST, LIMIT = 60, 90, 130, 240
"""Words of a passage: below FEWEST and above MOST it costs, beyond LIMIT it is cut if there is any sentence end."""

AFTER_HEADING = 6.0
"""Between a heading and the first block below the heading."""

AFTER_LEAD_IN = 4.0
"""Between a line that ends with a colon and what the line introduces; between an unfinished sentence and its code."""

AT_TAG = 3.0
"""Behind an opening tag or before a closing one: the tag belongs to what it encloses."""

AFTER_TABLE_HEADER = 3.0
"""Between the header of a table and its first row."""

IN_OVERLONG_SENTENCE = 3.0
"""Between two pieces of a sentence that was too long to be kept whole."""

IN_ENTRY = 2.5
"""Between two sentences of a definition or of a field of the front matter."""

IN_SHORT_LIST = 1.5
"""Between two items of a list that fits a passage."""

IN_SPEECH = 1.3
"""Between two paragraphs of one quotation."""

IN_PARAGRAPH = 1.2
"""Between two sentences of a paragraph or list item, two stretches of a code block or of an overlong table row."""

BEFORE_CODE = 1.2
"""Between a whole paragraph and the code block or table that follows."""

IN_TABLE = 0.4
"""Between two rows of a table."""

IN_LONG_LIST, PER_LEVEL = 0.5, 0.2
"""Between two items of a list that does not fit a passage, and what each level of nesting adds."""

NONE = 0.0
"""Between two paragraphs that have nothing to do with each other."""

_FROM_IDEAL = 0.1
"""The weight of the square of the relative distance from IDEAL: it decides where nothing else does."""

_OVER_MOST = 30
"""Words beyond MOST that cost 1; twice as many cost 4."""


def size_cost(words: float) -> float:
    """What a passage of so many words costs; about 0 between FEWEST and MOST."""
    cost = _FROM_IDEAL * ((words - IDEAL) / IDEAL) ** 2
    if words < FEWEST:
        cost += (FEWEST - words) / FEWEST
    if words > MOST:
        cost += ((words - MOST) / _OVER_MOST) ** 2
    return cost
