"""The contract, played by a stranger: whole offices on disk, the command line, and the providers' servers on this machine."""
