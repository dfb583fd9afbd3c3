"""One file per thing an office does. Each takes an office and returns a value; printing is the command line's."""
