"""The library: everything that is written, with a time or without."""
