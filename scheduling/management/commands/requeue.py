"""manage.py requeue: send again what failed, is unconfirmed or was missed."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from uuid import UUID

from scheduling.management.wording import shown
from scheduling.models import PostInstance, Status
from scheduling.rules import iso
from scheduling.services.problems import Answered, requeue_many
from workspaces.errors import Invalid
from workspaces.management.base import ACTOR, Answer, ServiceCommand

GONE = "There is no such post."


class Command(ServiceCommand):
    """Gives each post the next time that keeps every rule, those of an account a gap apart."""

    help = (
        "Send posts again, each at the next time that keeps every rule of its account. A post that is unconfirmed may "
        "go out twice that way: look on its platform first. Posts that are refused do not stop the others."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the posts."""
        parser.add_argument("ids", nargs="*", metavar="ID", help="ids of posts that failed, are unconfirmed or missed")
        parser.add_argument("--all-failed", action="store_true", help="every post that failed, in all workspaces")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Send again, and answer for each."""
        ids, all_failed = options["ids"], options["all_failed"]
        if bool(ids) == all_failed:
            raise Invalid("Name the posts by their ids, or all that failed with --all-failed.")
        rows = PostInstance.objects.with_everything()
        found = rows.filter(status=Status.FAILED) if all_failed else rows.filter(pk__in=filter(None, map(_uuid, ids)))
        answers = requeue_many(instances=found.order_by("scheduled_for", "id"), now=now, actor=ACTOR)
        known = {str(one.instance.pk) for one in answers}
        gone = [name for name in dict.fromkeys(ids) if str(_uuid(name)) not in known]
        posts = [*map(_document, answers), *({"id": name, "requeued": False, "refusal": GONE} for name in gone)]
        return _answer(posts)


def _answer(posts: list[dict[str, Any]]) -> Answer:
    done = sum(one["requeued"] for one in posts)
    refused = len(posts) - done
    text = "\n".join(_line(one) for one in posts) or "No post failed."
    failure = f"{refused} of {len(posts)} {'was' if refused == 1 else 'were'} refused." if refused else ""
    return Answer({"total": len(posts), "requeued": done, "refused": refused, "posts": posts}, text, failure)


def _document(answer: Answered) -> dict[str, Any]:
    post, refusal = answer.instance, answer.refusal
    said = {"refusal": refusal.message} if refusal else {"scheduled_for": iso(post.scheduled_for)}
    return {"id": str(post.pk), "title": post.content_item.title, "requeued": refusal is None, **said}


def _line(post: dict[str, Any]) -> str:
    said = shown(post["title"]) if post["requeued"] else shown(post["refusal"], most=300)
    return f"{shown(post['id'])}  {post.get('scheduled_for', 'refused'):<21} {said}"


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
