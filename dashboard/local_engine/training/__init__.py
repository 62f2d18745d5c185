"""Fine-tuning: the queue in the server and the run in its own child process."""
