"""What the engine remembers: files, jobs, events and checkpoints as plain files on disk."""
