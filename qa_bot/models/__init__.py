"""The models: texts become vectors."""
