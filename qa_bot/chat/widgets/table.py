"""A table whose columns are as wide as what is in them."""

from rich.text import Text
from textual.widgets import DataTable


class Table(DataTable[Text]):
    """Textual's table, but with rows drawn again when the widths of the columns change.

    Textual keeps rows that were drawn before the widths were known. On a busy machine such rows would stay cut to the width of
    the headings.
    """

    def watch_virtual_size(self) -> None:
        """Draw the rows again, because the widths of the columns or the rows have changed."""
        self._clear_caches()
