"""`python -m contractor_ops` does what the console script does."""

from contractor_ops.cli.main import main

main()
