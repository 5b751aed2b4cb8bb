"""The rule above the input, which shows the progress of an update."""

from textual.content import Content
from textual.widget import Widget

from qa_bot.chat.session import IndexState

BAR = 20
_STAGES = {"reading": "reading files", "embedding": "indexing", "saving": "saving"}
_BETWEEN = {"reading": "starting the model", "waiting": "waiting for another update of this index"}
"""What to say where a stage has no share to show: before the stage begins to count, or after it is complete."""


class StatusRule(Widget):
    """A thin line across the screen. While the index is updated, it shows the progress in words and as a bar."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._index = IndexState()

    def show(self, index: IndexState) -> None:
        """Show this state of the index."""
        self._index = index
        self.refresh()

    def render(self) -> Content:
        """The rule, with the message at its right end."""
        width = self.size.width
        message = self._message(width)
        if not message:
            return Content.styled("─" * width, "$rule")
        lead = max(0, width - message.cell_length - 4)
        return Content.assemble(("─" * lead + " ", "$rule"), message, (" ──", "$rule"))

    def _message(self, width: int) -> Content:
        if not self._index.updating:
            return Content("")
        if self._index.stopping:
            return Content.styled("stopping the update…", "$soft")
        if self._index.cancelling:
            return Content.styled("press escape once more to cancel the update", "bold $warning")
        step = self._index.progress
        if step is None or step.total <= 0 or (step.stage == "reading" and step.done >= step.total):
            words = "looking at the documents" if step is None else _BETWEEN.get(step.stage, step.stage)
            return Content.assemble((words, "$soft"), ("  esc esc cancels", "$faint"))
        share = min(1.0, step.done / step.total)
        bar = BAR if width >= 72 else BAR // 2
        filled = round(share * bar)
        parts: list[Content | tuple[str, str]] = [
            (f"{_STAGES.get(step.stage, step.stage)} {share:.0%}  ", "$soft"),
            ("━" * filled, "$accent"),
            ("─" * (bar - filled), "$rule"),
        ]
        if step.seconds_left is not None:
            parts.append((f"  {clock(step.seconds_left)} left", "$soft"))
        if width >= 64:
            parts.append(("  esc esc cancels", "$faint"))
        return Content.assemble(*parts)


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 0:04, 12:30, 1:02:03."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
