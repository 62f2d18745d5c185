"""Numbers about numbers: plain functions on sequences of floats."""
