"""Carrying words to a target: by mail to a person, or through a service."""

from collections.abc import Callable
from functools import partial

from publishing.models import NoticeTarget
from publishing.models.fields import SecretLost
from publishing.network import messengers
from publishing.network.mail import mail_goes_out, send_mail
from publishing.network.messengers import NotDelivered, WrongAddress
from publishing.services.notices.wording import Said
from workspaces.rules.sentences import sentence

LOST = sentence(
    "Its address cannot be read any more, because the key that it was encrypted with is missing. Type it again."
)
NO_MAIL = sentence("No mail goes out: EMAIL_URL names no mail server.")


def carrier(target: NoticeTarget, words: Said, *, message_id: str) -> Callable[[], None]:
    """Return what brings words to a target: it uses the network alone, and raises WrongAddress or NotDelivered.

    :param message_id: the same for the same mail, however often it is tried.
    """
    if target.membership is None:
        address = address_of(target)
        call = partial(messengers.tell, address, title=words.title, text=words.text)
        return call if address else partial(_refuse, WrongAddress(LOST))
    if not mail_goes_out():
        return partial(_refuse, NotDelivered(NO_MAIL))
    return partial(
        send_mail, to=target.membership.user.email, title=words.title, text=words.text, message_id=message_id
    )


def address_of(target: NoticeTarget) -> str:
    """Return a target's address; nothing if it cannot be decrypted: one lost secret must not stop the others."""
    try:
        return NoticeTarget.objects.values_list("url", flat=True).get(pk=target.pk)
    except SecretLost:
        return ""


def _refuse(reason: Exception) -> None:
    raise reason
