"""Pages of channel accounts: how each stands, and the rules under which it posts."""
