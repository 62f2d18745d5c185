"""Where everything is kept: SQLite or PostgreSQL behind one door, `storage.database.Database`."""
