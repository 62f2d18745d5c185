"""Afektif: the studio for curating, tuning and proving affective interventions."""
