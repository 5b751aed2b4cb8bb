"""What can be done with any quote, wherever the quote is shown."""

from textual.widgets import Static

from qa_bot.answers.model import Answer, Quote
from qa_bot.chat.messages import CopyWanted, DocumentWanted, WhyWanted


class QuoteActions(Static):
    """Shows a quote of an answer; the screen does what is asked for."""

    answer: Answer
    quote: Quote

    def action_document(self) -> None:
        """Show the quote in its document."""
        self.post_message(DocumentWanted(self.quote))

    def action_copy(self) -> None:
        """Copy the quote with its citation."""
        self.post_message(CopyWanted(self.quote))

    def action_why(self) -> None:
        """Tell why this quote was chosen."""
        self.post_message(WhyWanted(self.answer, self.quote))
