"""The line below a question: how the question was interpreted, which documents were asked, how current the answer is."""

import re

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from qa_bot.answers.model import Answer
from qa_bot.chat.messages import Asked, EditWanted
from qa_bot.chat.session import Turn
from qa_bot.showing import citation
from qa_bot.showing.citation import asked_of
from qa_bot.showing.text import one_line

_WORD = re.compile(r"\w+")


class SearchedLine(Static):
    """Words that were corrected or taken from earlier questions are emphasised; links ask again in another way."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(Content(""), classes="searched")
        self._turn = turn

    def wait(self, why: str) -> bool:
        """Say what the question waits for; True: there is a line to show."""
        return self._say(Content.styled(why, "italic"))

    def tell(self, remark: str = "") -> bool:
        """Say how the question was interpreted, if not as it was asked; True: there is a line to show."""
        turn = self._turn
        if turn.answer is None:
            return self._say(Content("could not be asked" if turn.error else ""))
        searched = understood(turn.answer, turn.question) if citation.searched(turn.answer) else Content("")
        asked = asked_of(turn.scope) if turn.scope else ""
        said = Content(" · ").join(part for part in (searched, Content(asked)) if part.plain)
        if remark:
            told = Content.assemble(remark, "; ", link("r asks again", "again")) if turn.late else Content(remark)
            said = Content.assemble(said, " (", told, ")") if said.plain else told
        if searched.plain:
            said = Content.assemble(said, "  ", link("alone", "alone"), " · ", link("edit", "edit"))
        return self._say(said)

    def _say(self, line: Content) -> bool:
        self.update(line)
        return bool(line.plain)

    def on_click(self, event: events.Click) -> None:
        """Ask again on its own, ask again, or change what was searched."""
        answer, does = self._turn.answer, event.style.meta.get("does")
        if answer is None or not does:
            return
        event.stop()
        if does == "edit":
            self.post_message(EditWanted(citation.interpreted(answer)))
        else:
            self.post_message(Asked(answer.question, alone=does == "alone"))


def understood(answer: Answer, asked: str) -> Content:
    """How the question was searched; words that the question as asked lacks are emphasised."""
    known = {word.casefold() for word in _WORD.findall(asked)}
    line = Content("searched: ")
    for piece, words in citation.understood(answer).pieces():
        said = Content(one_line(piece) if words else piece)
        for word in _WORD.finditer(said.plain) if words else ():
            if word[0].casefold() not in known:
                said = said.stylize("$citation", *word.span())
        line += said
    return line


def link(words: str, does: str) -> Content:
    """Words to click; `does` names what a click does."""
    return Content.styled(words, "underline").stylize(Style.from_meta({"does": does}))
