"""What the documents that this product began with say, performed: their examples, with credentials and later dates."""
