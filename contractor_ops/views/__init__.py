"""Rows that only exist when tables are put together: one file a view, tables in, rows out."""
