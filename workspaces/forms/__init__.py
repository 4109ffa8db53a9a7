"""Shapes of what people type on the pages of a workspace; the rules of it are the services'."""
