"""Words too common to tell one passage from another: function words, and the words that questions are made with."""

FUNCTION_WORDS = """
a about above after again against ain all also am an and any are aren as at be because been before being below between both
but by can cannot could couldn d did didn do does doesn doing don down during each few for from further had hadn has hasn
have haven having he her here hers herself him himself his how i if in into is isn it its itself just ll m ma me might
mightn more most must mustn my myself needn no nor not now o of off on once only or other our ours ourselves out over own
re s same shall shan she should shouldn so some such t than that the their theirs them themselves then there these they
this those through to too under until up us ve very was wasn we were weren what when where which while who whom why will
with won would wouldn y you your yours yourself yourselves
"""

STOP_WORDS = frozenset(FUNCTION_WORDS.split())
"""Lower case, without apostrophes ("don't" is split into "don" and "t")."""
