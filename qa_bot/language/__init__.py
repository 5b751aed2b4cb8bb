"""All that depends on the language of the documents."""
