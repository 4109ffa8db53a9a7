"""What tests of notices stand on: a real mail server, a real HTTP receiver, and one round of what the courier does."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import factory
from aiosmtpd.controller import Controller
from factory.django import DjangoModelFactory

from publishing.models import NoticeTarget
from publishing.services.notices import NoticeBag, look
from scheduling.models import PostInstance
from scheduling.services.history import note
from scheduling.tests.factories import PostInstanceFactory
from workspaces.ledger import unit_of_work

OUT = timedelta(minutes=2)  # By then what was gathered has been sent.
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class NoticeTargetFactory(DjangoModelFactory):
    """A target that nobody listens at."""

    class Meta:
        model = NoticeTarget

    name = factory.Sequence(lambda n: f"Target {n}")
    url = "json://127.0.0.1:1/"


class Mailbox:
    """A mail server's handler: it keeps what it took; `answers` are used up in turn, by whether the mail is taken."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.mails: list[EmailMessage] = []
        self.port = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Answer what the test wants, else take it."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run a real mail server on a free port."""
    mailbox = Mailbox()
    mailbox.port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Receiver:
    """What a service got, and with which status it answers; the last one stays."""

    def __init__(self) -> None:
        self.statuses = [200]
        self.bodies: list[dict[str, Any]] = []
        self.port = 0


@contextmanager
def http_receiver() -> Iterator[Receiver]:
    """Run a real HTTP receiver."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status = receiver.statuses.pop(0) if len(receiver.statuses) > 1 else receiver.statuses[0]
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def carry(now: datetime) -> int:
    """Do one round of what the courier does with notices; return how many letters it carried."""
    bag = NoticeBag()
    letters = bag.claim(now=now, limit=100)
    for letter in letters:
        bag.settle(letter, bag.send(letter), now=now)
    return len(letters)


def told_of(happens: Callable[[], Any], *, now: datetime) -> datetime:
    """Let something happen after the first look, gather it, and send it out; return when it was sent."""
    look(now=now)
    happens()
    look(now=now)
    look(now=now + OUT)
    carry(now + OUT)
    return now + OUT


def events(
    event_type: str, *posts: PostInstance, now: datetime, actor: str = "system", reason: str = "It broke."
) -> None:
    """Write events of posts into the ledger."""
    with unit_of_work():
        for post in posts:
            note(event_type, post, actor=actor, now=now, reason=reason)


def posts(count: int, **values: Any) -> list[PostInstance]:
    """Return posts of one account."""
    first = PostInstanceFactory(**values)
    same = {"channel_account": first.channel_account, "content_item": first.content_item}
    return [first, *PostInstanceFactory.create_batch(count - 1, **same)]
