"""Whether accounts, other systems and people can be reached."""

from datetime import datetime

from marketmind.doctor.findings import Finding, broken, listed, ok, warning
from publishing.services.status import EXPIRES_SOON, failing_targets, failing_webhooks, lost_secrets, reach


def secrets(*, now: datetime) -> Finding:
    """Try to read every stored secret."""
    lost = lost_secrets()
    if lost:
        remedy = "Put the old key back into FIELD_ENCRYPTION_KEYS (or SECRET_KEY), or enter these secrets again."
        return broken("secrets", f"No key decrypts those of {listed(lost)}.", remedy)
    return ok("secrets", "All can be read.")


def accounts(*, now: datetime) -> Finding:
    """Look which accounts their platform refuses."""
    refused = reach(now=now).refused
    if refused:
        said = f"Refused by their platform: {listed(refused)}."
        return warning("accounts", said, "Connect them again, in the admin under Channel accounts.")
    return ok("accounts", "None is refused by its platform.")


def credentials(*, now: datetime) -> Finding:
    """Look which credentials end soon."""
    ending = reach(now=now).expiring
    if ending:
        names = listed([one.channel_account for one in ending])
        said = f"They end within {EXPIRES_SOON.days} days, or have ended: {names}."
        return warning("credentials", said, "Connect these accounts again before.")
    return ok("credentials", f"None ends within {EXPIRES_SOON.days} days.")


def webhooks(*, now: datetime) -> Finding:
    """Look which systems do not get what they subscribed to."""
    off, failing = reach(now=now).switched_off, failing_webhooks()
    if not off and not failing:
        return ok("webhooks", "None is given up or refused.")
    given_up = f"Given up: {listed(off)}." if off else ""
    refused = f"Refused again and again: {listed(failing)}." if failing else ""
    remedy = "Mend the receiver, then switch the webhook on again and replay what is missing, in the admin."
    return warning("webhooks", f"{given_up} {refused}".strip(), remedy)


def notices(*, now: datetime) -> Finding:
    """Look which people are not told."""
    failing = failing_targets(now=now)
    if failing:
        said = f"Not delivered in the last day to: {listed(failing)}."
        return warning("notices", said, "Try these targets in the admin, and correct their address.")
    return ok("notices", "None failed in the last day.")
