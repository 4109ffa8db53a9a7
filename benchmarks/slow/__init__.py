"""An application that turns the sandbox into a slow platform and counts the queries of the workers."""
