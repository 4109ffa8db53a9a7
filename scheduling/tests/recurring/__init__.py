"""Recurrences: their posts, each once."""
