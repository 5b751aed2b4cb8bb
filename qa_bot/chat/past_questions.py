"""The questions asked so far, walked through with up and down."""


class PastQuestions:
    """The questions, oldest first, and the one that the user has gone back to. What was being typed is kept and comes back."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self._at = 0
        self._draft = ""

    def add(self, question: str) -> None:
        """Remember a question; the same one twice running is kept once."""
        if not self._asked or self._asked[-1] != question:
            self._asked.append(question)
        self._at = len(self._asked)
        self._draft = ""

    def earlier(self, typed: str) -> str | None:
        """The question before the present one; None at the oldest. `typed` is kept when the user begins to go back."""
        if self._at == 0:
            return None
        if self._at == len(self._asked):
            self._draft = typed
        self._at -= 1
        return self._asked[self._at]

    def later(self) -> str | None:
        """The question after the present one, after the newest what was being typed; None if the user has not gone back."""
        if self._at >= len(self._asked):
            return None
        self._at += 1
        return self._draft if self._at == len(self._asked) else self._asked[self._at]
