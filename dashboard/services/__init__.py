"""What people do with Afektif, one service per activity."""
