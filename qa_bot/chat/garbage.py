"""Garbage is collected when nobody waits for the screen.

A full collection walks through every object there is. Python does one whenever it sees fit, which with the core loaded and a
conversation on the screen is a freeze of a tenth of a second and more in the middle of a scroll.
"""

import gc

SELDOM = 500
"""Collections of the middle generation to one full one that Python does by itself, where it would do one to ten."""


class Garbage:
    """Takes the garbage collector of this process over. For the one application that a process runs, so not for tests."""

    def __init__(self) -> None:
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, SELDOM)
        self._loaded = False

    def loaded(self) -> None:
        """What has been loaded stays: it is walked through no more. Later on, what goes again would stay too."""
        if not self._loaded:
            self._loaded = True
            gc.freeze()

    def quiet(self) -> None:
        """Collect in full, now that nothing goes on."""
        gc.collect()
