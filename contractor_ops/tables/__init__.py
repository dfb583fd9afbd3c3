"""What each table's columns are, how the office's headings are matched to them, how cells are cleaned. Pure."""
