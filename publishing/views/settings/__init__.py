"""The parts of the settings that say where notices and events go."""
