"""The network, guarded: everything that leaves goes through here."""
