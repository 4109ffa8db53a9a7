"""Services that tell people things, reached through `apprise`: which ones are allowed, and one message to one of them.

Only services that are reached by HTTP or SMTP are, so that no address makes this machine run a program, write a file
or pop up a window; what reads files or starts threads inside of them is refused as a parameter.
"""

import re
from typing import Any
from urllib.parse import unquote

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType
from apprise.plugins import NotifyBase, url_to_dict
from django.conf import settings

from publishing.network.addresses import NOT_ALLOWED, guarded
from workspaces.rules.sentences import sentence

LIMIT = 10.0  # Seconds that a service has to accept a connection, and again to answer.
# Mail; chats; phones; people on call; other systems.
_SERVICES = """
mailto mailtos brevo mailgun postmark resend sendgrid smtp2go sparkpost
cliq dingtalk discord feishu gchat guilded lark line mmost mmosts nctalk nctalks revolt rocket rockets ryver signal
signals slack synology synologys tgram twist webex wecombot workflow workflows wxteams zcliq zoom zulip
bark barks clicksend gotify gotifys hassio hassios msgbird nexmo ntfy ntfys pbul pover twilio vonage
betterstack incidentio opsgenie pagerduty pagertree signl4 splunk squadcast
apprise apprises form forms ifttt json jsons xml xmls
"""
SERVICES = frozenset(_SERVICES.split())
# What reads files of this machine, waits or repeats by itself, leaves the guarded thread, hides a failure, or has more
# than one receiver.
_REFUSED = "bcc cc inline key keyfile optional pgp pgpprv pgppub retry store template timeout wait wkd"
REFUSED_PARAMETERS = frozenset(_REFUSED.split())
PASTE = sentence("Write it as apprise does: https://appriseit.com/services/ lists them.")
HTTP_CODE = re.compile(r"error=(\d{3})")
SMTP_CODE = re.compile(r"Socket Exception: .*?\b([45]\d\d)\b")


class WrongAddress(Exception):
    """An address that cannot be used; the text may be shown."""


class NotDelivered(Exception):
    """A message was not taken; the text says why, without the address."""


def check(url: str) -> None:
    """Check an address without reaching it.

    :raises WrongAddress: saying what is wrong with it.
    """
    _messenger(url)


def masked(url: str) -> str:
    """Return an address without what is or may be secret in it, such as mailto://user:****@example.com/ana@example.com.

    :raises WrongAddress: if it is none.
    """
    shown = _messenger(url).url(privacy=True).partition("?")[0]
    scheme, _, rest = shown.partition("://")
    host, slash, path = rest.partition("/")
    if scheme in ("mailto", "mailtos"):
        return f"{scheme}://{host}/{unquote(path)}"
    return f"{scheme}://{host}{'/…' if slash and path.strip('/') else ''}"  # A path is often a token.


def tell(url: str, *, title: str, text: str) -> None:
    """Send a message to an address; private addresses are refused unless they are allowed.

    :raises WrongAddress: if the address cannot be used (any more).
    :raises NotDelivered: if it was not taken.
    """
    sender = Apprise(asset=_asset())
    sender.add(_messenger(url))
    with guarded():
        result = sender.notify(
            body=text, title=title, notify_type=NotifyType.WARNING, body_format=NotifyFormat.TEXT, log_level=10
        )
    if not result:
        raise NotDelivered(_why("\n".join(entry.message for entry in result.logs())))


def _messenger(url: str) -> NotifyBase:
    found = _read(url)
    if found["schema"] not in SERVICES:
        raise WrongAddress(" ".join((sentence(f"“{found['schema']}://” is not a service that notices go to."), PASTE)))
    refused = sorted(REFUSED_PARAMETERS & set(found.get("qsd") or {}))
    if refused:
        raise WrongAddress(sentence(f"The address may not have the parameter “{refused[0]}”."))
    messenger = Apprise.instantiate(found, asset=_asset())
    if messenger is None:
        raise WrongAddress(" ".join((sentence("Something is missing in this address, or wrong."), PASTE)))
    if len(messenger) > 1:
        raise WrongAddress(
            sentence("One receiver for each address, please: what one refuses would be sent to the others again.")
        )
    messenger.socket_connect_timeout = messenger.socket_read_timeout = LIMIT
    return messenger


def _read(url: str) -> dict[str, Any]:
    """Return the parts of an address: one of a service's own, as in https://hooks.slack.com/…, is understood too."""
    found = url_to_dict(url.strip(), secure_logging=True) if "://" in url else None
    if not found:
        raise WrongAddress(" ".join((sentence("This is not an address of a service that is known."), PASTE)))
    return found


def _asset() -> AppriseAsset:
    return AppriseAsset(
        app_id="MarketMind",
        app_desc="MarketMind",
        app_url=settings.PUBLIC_URL,
        image_url_mask="",
        async_mode=False,
        service_timeout=0,  # With a limit of its own it would call from another thread, which is not guarded.
        pgp_autogen=False,
        pem_autogen=False,
        secure_logging=True,
    )


def _why(logged: str) -> str:
    """Return why a message was not taken: never in the library's words, which may hold the address."""
    if NOT_ALLOWED in logged:
        return sentence("It is on a private network, which ALLOW_PRIVATE_NETWORK_TARGETS does not allow here.")
    if code := HTTP_CODE.search(logged):
        return sentence(f"The service answered {code[1]}.")
    if code := SMTP_CODE.search(logged):
        return sentence(f"The mail server answered {code[1]}.")
    return sentence("The service could not be reached, refused the message, or did not answer in time.")
