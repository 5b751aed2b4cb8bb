"""What the chat and the command line both show."""
