"""The door for assistants: the Model Context Protocol at `/mcp`, with the API's keys, scopes and pace."""
