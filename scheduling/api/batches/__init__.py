"""Source 3's batches: made over the API, placed by the workers, followed by GET."""
