"""The HTTP surface: one module per noun of OpenAI's API."""
