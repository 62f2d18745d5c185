"""How a message is said again: five techniques by rule, and the words they may use."""
