"""Augmentation: says a message again by rule or by model, and sifts what came out."""
