"""Answering: one base model in memory, adapters switched by name, rows decoded together."""
