"""What things are: frozen values, states, rules and errors; standard library only."""
