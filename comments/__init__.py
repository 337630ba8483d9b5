"""The discussion under a story: readers post, moderators decide."""
