"""Readers' pages. Each is a query on live editions."""
