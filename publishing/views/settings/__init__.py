"""The part of the settings that says where notices go."""
