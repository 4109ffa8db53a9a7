"""The settings of MarketMind, with the slow platform in place of the sandbox."""

from marketmind.settings import *  # noqa: F403
from marketmind.settings import INSTALLED_APPS as THEIRS

INSTALLED_APPS = [*THEIRS, "benchmarks.slow.apps.SlowConfig"]
