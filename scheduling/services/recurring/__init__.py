"""Content that goes out again and again: saving its rule, and making each of its posts once."""
