"""What clients may ask: request bodies read into typed values, or refused in a sentence."""
