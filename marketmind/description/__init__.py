"""The description of the API in OpenAPI 3.1, derived from the views themselves, and the pages that show it."""
