"""Augmentation: how a message is said again, and what is sifted out before people see it."""
