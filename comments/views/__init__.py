"""Readers' pages of the discussion."""
