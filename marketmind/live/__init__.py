"""The socket: one tail of the ledger a web process, fanned out to everybody who follows along."""
