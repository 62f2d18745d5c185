"""Pieces of screen; pages put them together."""
