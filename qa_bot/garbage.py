"""When Python looks for garbage: seldom while the program starts, and in the chat when nobody waits for the screen.

A full collection walks through every object there is. Python does one whenever it sees fit. With numpy loaded and a
conversation on the screen, that is a freeze of a tenth of a second or more in the middle of a scroll.
"""

import gc

YOUNG = 50_000
"""New objects between two collections. With Python's own 700, a start spends a twentieth of its time looking for garbage among
modules that all stay."""
SELDOM = 500
"""Collections of the middle generation for each full one that Python does by itself (gc's third threshold; Python's own is
10)."""


def start_fast() -> None:
    """Collect seldom from now on, in this process."""
    gc.set_threshold(YOUNG)


class Garbage:
    """Takes over the garbage collector of this process. For the one application that a process runs, so not for tests."""

    def __init__(self) -> None:
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, SELDOM)
        self._loaded = False

    def loaded(self) -> None:
        """Never again walk through what has been loaded by now. Only the first call does so: later objects may go again."""
        if not self._loaded:
            self._loaded = True
            gc.freeze()

    def quiet(self) -> None:
        """Collect in full, now that nothing goes on."""
        gc.collect()
