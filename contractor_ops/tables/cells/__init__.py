"""How raw cells become values: one file per kind of cell, a whole column at a time. Pure; unknown is None, never 0 or ""."""
