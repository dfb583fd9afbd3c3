"""The office's books: which papers belong to which job, and what of them counts."""
