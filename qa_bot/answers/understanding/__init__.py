"""What a question means: read once, in its conversation."""
