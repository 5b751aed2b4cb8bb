"""A table whose columns are as wide as what is in them."""

from rich.text import Text
from textual.widgets import DataTable


class Table(DataTable[Text]):
    """Textual's own, which keeps rows as they were drawn before it knew how wide its columns must be.

    Where a picture of the screen is due just then, on a busy machine, they would stay cut to the width of their headings.
    """

    def watch_virtual_size(self) -> None:
        """The columns have other widths now, or there are other rows: draw them anew."""
        self._clear_caches()
