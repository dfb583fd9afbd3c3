"""The back office of a small contractor: reads its spreadsheets, sends what is routine, shows people the rest."""

__version__ = "0.1.0"
