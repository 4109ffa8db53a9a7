"""From an empty workspace to the first scheduled post."""
