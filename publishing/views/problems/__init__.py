"""The Problems page: what failed, is unconfirmed or was missed, and what a person decides about it."""
