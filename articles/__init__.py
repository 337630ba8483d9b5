"""Storing and publishing stories: the desk edits articles, readers read editions."""
