"""Writing named cells back into the office's own files: nothing else in them changes, or nothing is written."""
