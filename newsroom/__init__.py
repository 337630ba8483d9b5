"""The site: puts articles and comments together."""
