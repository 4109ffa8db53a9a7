"""Content that goes out again and again: what repeats, and choosing how."""
