"""Indonesian and English: catalogs, and sentences filled without running as markup."""
