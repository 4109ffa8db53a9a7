"""What `make` runs around the product: its environment, the two processes, the checks and a PostgreSQL to test on."""
