"""What each command prints; the command line calls these."""
