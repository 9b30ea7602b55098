"""The spaCy pipelines, the lexicons and what they find: acts, names, kinds of comment."""
