"""What a text is worth and what is wrong with it: rules, near-duplicates and BERTScore."""
