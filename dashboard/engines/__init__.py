"""Who trains and writes: one adapter over the `openai` client, and the catalog of weights."""
