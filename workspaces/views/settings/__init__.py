"""Settings: parts of one page each, all with the same navigation."""
