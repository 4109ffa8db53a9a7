"""The parts of the settings that know of time: the workspace's zone, a person's own, and calendar feeds."""
