"""What each regular expression of this stage finds, and what it passes over."""

import re

import pytest

from qa_bot.language.english.questions import (
    ANSWERS,
    DEFINING,
    EXACT,
    KINDS,
    NEW_SUBJECT,
    NO_NUMBER,
    POINTING,
    SECOND_QUESTION,
)
from qa_bot.language.english.times import AFTER, BEFORE, RELATIVE
from qa_bot.language.language import AnswerType

TABLE: dict[str, tuple[re.Pattern[str], str, str]] = {
    "points back": (
        POINTING,
        "And the harbour?|But why was it shut?|Who built them?|What about Oslo?|So how much is the same ferry?"
        "|Is there another one?",
        "Who built the harbour?|How deep is Lake Vänern?|When does the ferry leave Oslo?|Which rope is longest?",
    ),
    "defines a name": (
        DEFINING,
        "What is the RNLI?|Who is Ada Holm?|What are Kubelets?|Who was the Harbour Master?"
        "|What's an Oslo Ferry?|what were The Rowers?",
        "What is it?|Who is she?|What is the toll?|Who are they?|Where is Oslo?",
    ),
    "announces a new subject": (
        NEW_SUBJECT,
        "New question: is it open?|On another topic, who sails?|Let's change the subject.|Moving on, who sails?"
        "|Forget about that.|Enough about ferries!|Something else: who sails?",
        "What changes the tide?|Is the ferry new?|Who moved the subject matter?|Did they eat something else today?",
    ),
    "holds a second question": (
        SECOND_QUESTION,
        "Who sails, and when?|Who built it and what did it cost?|Where is it or how far?|Is it open? Who says so?"
        "|When was it but why?|Who rows and which boat?",
        "Who rows and sails?|Is it red or blue?|Where are Oslo and Bergen?|Who knows what it cost?",
    ),
    "before": (
        BEFORE,
        "Who sailed before 1931?|prior to the war of 1914|Earlier than May 1950|until 2001"
        "|Before the storm of 1953?|open until June 1999",
        "Who sailed in 1931?|before the storm|until when?|since 1950|the year 1931 before",
    ),
    "after": (
        AFTER,
        "Who sailed after 1931?|since 1950|Later than 1999|after the storm of 1953|since May 2001|since about 1870?",
        "Who sailed in 1931?|after the storm|since when?|before 1950|the later part",
    ),
    "a year by its relation to today": (
        RELATIVE,
        "last year|this year?|in the previous year|Previous year|sailed Last Year|what of this year",
        "last|the last years|next year|a year ago|this yearly fee",
    ),
    "asks for something exact": (
        EXACT,
        "The captain's name?|What is it called?|phone of the office|its e-mail|the exact depth|Which address?|price of a rope",
        "Why did it sink?|Is the sea calm?|How do ropes rot?|What did the captain like?|a pricey rope",
    ),
    "digits that count nothing": (
        NO_NUMBER,
        "1. Cast off|12) Row|[tide](/a/7)|https://a.b/7|at 12:30|on 1931-05-04|in 1931",
        "12 boats|3.5 metres|about 700 people|1200 ropes|7 a.m.",
    ),
}
ASKING: dict[AnswerType, tuple[str, str]] = {
    "number": (
        "How many boats?|how deep is it?|What percentage sank?|Which version?|How old is she?|what size of rope"
        "|12 per cent of what?",
        "How does it float?|Who counted?|many boats|What floats?",
    ),
    "time": (
        "When did it sink?|What year was it?|Which day?|How recently?|Since when?|what time is it",
        "Who came then?|How long?|the time of day|whenever",
    ),
    "person": (
        "Who rowed?|Whose boat?|To whom?|Which author?|Which sailor?|which president|by whom was it",
        "What rowed?|Which boat?|the whole crew|Where do they row?",
    ),
    "place": (
        "Where is it?|Which city?|What country?|In which town?|what address|Which street?",
        "Who is there?|Which boat?|nowhere|Whereas it floats",
    ),
    "reason": (
        "Why did it sink?|How come?|What caused it?|What was the reason?|what made it sink|What is the point?",
        "How did it sink?|What sank?|a good cause|What makes rope?",
    ),
}
OFFERING: dict[AnswerType, tuple[str, str]] = {
    "number": ("12 boats|twelve boats|3.5 metres|a dozen|half of it|hundreds came", "some boats|many|a boat|often"),
    "time": ("in 1931|in May|at 12:30|7 pm|next month|by today", "soon|then|ever since|the mayor|timely"),
    "person": (
        "by Ada Holm|said Ada|ask @ada|the author|to Captain Holm|Miss O’Neill",
        "by her|said she|ada holm|a captain",
    ),
    "place": (
        "in Oslo|to Bergen|under /etc/hosts|at Lake Mjøsa|the Oslo ferry|to Saint-Malo",
        "at sea|in oslo|there|on land",
    ),
    "reason": (
        "because of ice|due to ice|caused by ice|as a result|so that it floats|the reason is ice|led to ice",
        "with ice|it sank|ice and snow|a boat",
    ),
}


def cases(found: str, passed: str) -> list[tuple[str, bool]]:
    assert len(found.split("|")) >= 6
    assert len(passed.split("|")) >= 4
    return [(text, True) for text in found.split("|")] + [(text, False) for text in passed.split("|")]


ALL = [
    *((pattern, *case) for pattern, *both in TABLE.values() for case in cases(*both)),
    *((KINDS[kind], *case) for kind, both in ASKING.items() for case in cases(*both)),
    *((ANSWERS[kind], *case) for kind, both in OFFERING.items() for case in cases(*both)),
]


@pytest.mark.parametrize(("pattern", "text", "found"), ALL, ids=[f"{text}-{found}" for _, text, found in ALL])
def test_what_a_pattern_finds(pattern: re.Pattern[str], text: str, found: bool) -> None:
    assert bool(pattern.search(text)) is found
