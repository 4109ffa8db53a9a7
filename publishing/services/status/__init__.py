"""How things stand: the one place that health, metrics, the status page and `doctor` read. Nothing here writes."""

from publishing.services.status.flows import Flow, flows_by_platform
from publishing.services.status.messages import Messages
from publishing.services.status.overview import Overview, overview
from publishing.services.status.problems import newest_problems
from publishing.services.status.pulse import Crew, Pulse, crew, pulse
from publishing.services.status.reach import EXPIRES_SOON, Reach, reach
from publishing.services.status.receivers import failing_targets, failing_webhooks, lost_secrets
from publishing.services.status.scope import Scope

__all__ = [
    "EXPIRES_SOON",
    "Crew",
    "Flow",
    "Messages",
    "Overview",
    "Pulse",
    "Reach",
    "Scope",
    "crew",
    "failing_targets",
    "failing_webhooks",
    "flows_by_platform",
    "lost_secrets",
    "newest_problems",
    "overview",
    "pulse",
    "reach",
]
