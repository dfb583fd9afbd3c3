"""The command line: one file a command. Each parses, calls one function of work/, and prints. No logic."""
