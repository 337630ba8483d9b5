"""The moderators' desk, behind one door: access.py."""
