"""Everything English: the words and patterns by which documents and questions are read. One module a topic."""
