"""How things stand, in Prometheus' words. Nothing is counted in the process: each scrape reads the database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from prometheus_client.core import GaugeHistogramMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from publishing.models import Outcome
from publishing.rules.delays import EDGES, Delays
from publishing.services.status import Crew, Flow, Overview, flows_by_platform
from scheduling.models import Status

CHANNEL = ("platform", "connection")


class Standing(Collector):
    """The metrics of one scrape.

    :param health: what `GET /health` answers.
    :param found: the numbers, for who may read them.
    """

    def __init__(self, health: dict[str, Any], found: Overview | None, now: datetime) -> None:
        self._health = health
        self._found = found
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Yield what everybody may know, then the numbers."""
        yield from _public(self._health)
        if self._found:
            yield from _posts(self._found, self._now)
            yield from _flows(flows_by_platform(self._found.flows))
            yield from _messages(self._found, self._now)
            yield from _reach(self._found)
            yield from _ledger(self._found)
            if self._found.crew:
                yield from _crew(self._found.crew)


def _public(health: dict[str, Any]) -> Iterator[Metric]:
    info = GaugeMetricFamily("marketmind_info", "The version that runs; always 1.", labels=("version", "tzdata"))
    info.add_metric((health["version"], health["tzdata"]), 1)
    yield info
    yield _gauge("healthy", "Whether /health answers ok.", health["status"] == "ok")
    yield _gauge("database_up", "Whether the database can be reached.", health["database"] == "ok")
    migrated = health["migrations"] == "ok"
    yield _gauge("migrated", "Whether the database has every migration.", migrated)
    if seen := health["workers"]["last_heartbeat"]:
        at = datetime.fromisoformat(seen).timestamp()
        yield _gauge("last_heartbeat_timestamp_seconds", "When a worker of any machine looked for due posts last.", at)
    if health["oldest_due_seconds"] is not None:
        text = "For how long the oldest due post of the installation waits that nothing holds; 0 if none does."
        yield _gauge("oldest_due_seconds", text, health["oldest_due_seconds"])


def _posts(found: Overview, now: datetime) -> Iterator[Metric]:
    by_state = dict.fromkeys(Status.values, 0) | found.counts.by_state
    yield _gauges("posts", "Posts by state.", ("status",), {(state,): count for state, count in by_state.items()})
    text = "Whether states with many posts are told from a sample; problems and work at hand never are."
    yield _gauge("posts_estimated", text, found.counts.is_estimated)
    text = "For how long the oldest due post of what these numbers cover waits that nothing holds."
    yield _gauge("covered_oldest_due_seconds", text, found.pulse.oldest_due_seconds(now))


def _flows(channels: list[Flow]) -> Iterator[Metric]:
    attempts = {
        (one.platform, one.connection, outcome): one.outcomes[outcome] for one in channels for outcome in Outcome.values
    }
    yield _gauges("attempts_last_hour", "Attempts to publish that have ended.", (*CHANNEL, "outcome"), attempts)
    success = {(one.platform, one.connection): one.success for one in channels if one.success is not None}
    yield _gauges("success_ratio_last_hour", "The share of them that was accepted.", CHANNEL, success)
    text = "From the time of a post to its publication, of first attempts; quantiles need no rate()."
    delays = GaugeHistogramMetricFamily("marketmind_delay_last_hour_seconds", text, labels=CHANNEL)
    for one in channels:
        delays.add_metric((one.platform, one.connection), _buckets(one.delays), one.delays.seconds)
    yield delays


def _buckets(delays: Delays) -> list[tuple[str, float]]:
    edges = [(str(edge), float(count)) for edge, count in zip(EDGES, delays.at_most, strict=True)]
    return [*edges, ("+Inf", float(delays.total))]


def _messages(found: Overview, now: datetime) -> Iterator[Metric]:
    counts = {}
    for kind, some in found.messages.items():
        counts |= {(kind, "waiting"): some.waiting, (kind, "retrying"): some.retrying, (kind, "failed"): some.failed}
    text = "Messages to other systems and to people: waiting, of these refused before, given up in the last hour."
    yield _gauges("messages", text, ("kind", "state"), counts)
    ages = {
        (kind,): (now - some.oldest).total_seconds() if some.oldest else 0.0 for kind, some in found.messages.items()
    }
    yield _gauges("oldest_message_seconds", "The age of the oldest message that waits.", ("kind",), ages)


def _reach(found: Overview) -> Iterator[Metric]:
    yield _gauge("accounts_refused", "Accounts that need connecting again.", len(found.reach.refused))
    yield _gauge("credentials_expiring", "Credentials that end within 14 days.", len(found.reach.expiring))
    yield _gauge("webhooks_switched_off", "Webhooks that were given up.", len(found.reach.switched_off))


def _ledger(found: Overview) -> Iterator[Metric]:
    yield _gauge("ledger_head", "The id of the newest event.", found.ledger_head)
    behind = {(name,): max(0, found.ledger_head - last) for name, last in found.ledger_readers.items()}
    if behind:
        yield _gauges("ledger_behind", "How many ids a reader of the ledger is behind.", ("reader",), behind)


def _crew(crew: Crew) -> Iterator[Metric]:
    seen = {(one.name,): one.seen_at.timestamp() for one in crew.workers}
    yield _gauges("worker_seen_timestamp_seconds", "When a `manage.py workers` reported last.", ("worker",), seen)
    lanes = {("alive",): crew.lanes_alive, ("wanted",): crew.lanes_wanted}
    yield _gauges("lanes", "Lanes in which posts go out: that run, and that should.", ("state",), lanes)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"marketmind_{name}", text, value=float(value))


def _gauges(name: str, text: str, labels: tuple[str, ...], values: dict[tuple[str, ...], float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"marketmind_{name}", text, labels=labels)
    for key, value in values.items():
        family.add_metric(key, float(value))
    return family
