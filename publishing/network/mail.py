"""Mail through the installation's own server, which EMAIL_URL names."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from publishing.network.messengers import NotDelivered
from workspaces.rules.sentences import sentence

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LIMIT = 10  # Seconds that the server has for each of its answers.


def mail_goes_out() -> bool:
    """Return whether EMAIL_URL names a server; else mails are only printed, and people are not told by them."""
    return settings.EMAIL_BACKEND == SMTP


def send_mail(*, to: str, title: str, text: str, message_id: str) -> None:
    """Send a mail to one person.

    :param message_id: the same for the same mail, so that readers drop one that came twice.
    :raises NotDelivered: if the server did not take it.
    """
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    mail = EmailMessage(
        subject=" ".join(title.split()), body=text, to=[to], headers={"Message-ID": f"<{message_id}@{host}>"}
    )
    try:
        mail.connection = get_connection(timeout=LIMIT)
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise NotDelivered(_answered(*next(iter(error.recipients.values())))) from error
    except smtplib.SMTPResponseException as error:
        raise NotDelivered(_answered(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(sentence("The mail server could not be reached, or broke off.")) from error


def _answered(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return sentence(f"The mail server answered {code}: {' '.join(words.split())[:200]}")
