"""The queue: of each account what stands ahead, and the order of it."""
