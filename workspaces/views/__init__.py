"""Pages of the workspace itself."""
