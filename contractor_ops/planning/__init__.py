"""Recipe + records + history + now -> decisions. Pure: no clock, no files, no network."""
