"""The person's own pages: answering questions from a link, without signing in."""
