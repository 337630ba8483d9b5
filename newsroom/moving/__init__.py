"""Imports and exports: how stories come in from elsewhere and how they leave."""
