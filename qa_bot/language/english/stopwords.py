"""Words too common to tell one passage from another: function words, and the words that questions are made with.

And which of these are names at times."""

import re

FUNCTION_WORDS = """
a about above after again against ain all also am an and any are aren as at be because been before being below between both
but by can cannot could couldn d did didn do does doesn doing down during each few for from further had hadn has hasn
have having he her here hers herself him himself his how i if in into is isn it its itself just ll m ma may me might
mightn more most must mustn my myself needn no nor not now o of off on once only or other our ours ourselves out over own
re s same shall shan she should shouldn so some such t than that the their theirs them themselves then there these they
this those through to too under until up us ve very was wasn we were weren what when where which while who whom why will
with would wouldn y you your yours yourself yourselves
"""

_CUT = "ain aren can couldn didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn weren won wouldn".split()

STOP_WORDS = frozenset([*FUNCTION_WORDS.split(), *(f"{word}{mark}t" for word in _CUT for mark in "'’")])
"""Lower case. "won" and "haven" are words, "won't" and "haven't" are stop words."""

CONTRACTED = re.compile(r"['’](?:t|m|d|ll|re|ve)(?![^\W_])", re.IGNORECASE)
"""What follows a word to which a verb or "not" is stuck: such a word is no name."""

STOP_NAMES = frozenset("will may can more down ma an so do who".split())
"""Stop words that people, places and months are called, too: a capital inside a sentence makes them names."""

HALF_DAYS = frozenset(["am", "pm"])
"""Words behind a time of day; in capitals they are no acronyms there."""

NEVER_STRESSED = frozenset("it us who".split())
"""Stop words that are hardly written in capitals for emphasis ("is it NOT free?"): in capitals they are names, known or not."""

SMALL_IN_TITLES = frozenset("a an the and or but nor of in on at to for by from with as vs".split())
"""Words without a capital in a heading in which the others have one."""

MAYBE_NOUN = re.compile(r"[\s-](us|it|who|will|may|can|must|might)(?![^\W_])", re.IGNORECASE)
"""Pronouns and verbs that may be nouns."""

ARTICLES = frozenset(["the", "a", "an"])
"""Words that neither a pronoun nor a verb can follow: "the us", "the will"."""

BEFORE_MONTH = frozenset("in of by since until till from during for last every early late mid".split())
"""Words that no "may" can follow but the month."""
