"""Calls put together: legs of one call, callers, and why a missed one is or is not a person's."""
