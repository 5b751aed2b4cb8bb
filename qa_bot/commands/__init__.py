"""The commands, a module each: `configure` adds the command to the command line, `run` runs it.

`qa-bot --help` imports every one of these modules. So they import at their top only what is light; the library, rich and
whatever prints is imported where it is used.
"""
