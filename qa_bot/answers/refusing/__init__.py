"""How sure an answer is, and when nothing answers."""
