"""The sieve: how children are judged before people are asked."""
