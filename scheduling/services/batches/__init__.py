"""Batches: many posts asked for at once, placed by the workers in small steps that survive any death."""
