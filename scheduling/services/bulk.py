"""The same deed for many posts: all of it or nothing, or as much as can be done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from scheduling.models import PostInstance
from scheduling.services.account_rules import locked_accounts
from workspaces.errors import Conflict, Refusal
from workspaces.ledger import unit_of_work

Deed = Callable[[], PostInstance]


@dataclass(frozen=True)
class Done:
    """What became of one deed: the post as it is by now, or why nothing was done."""

    instance: PostInstance | None = None
    refusal: Refusal | None = None


def do_all(*, deeds: list[Deed], accounts: Iterable[UUID]) -> list[Done]:
    """Do all deeds in one transaction.

    :param accounts: those whose plans the deeds touch; they are locked first, in the one order of everybody.
    :raises Conflict: if one is refused, naming each that is by its place; then nothing was done.
    """
    with unit_of_work():
        locked_accounts(accounts)
        done = do_what_can_be_done(deeds=deeds)
        refused = {f"items.{n}": [one.refusal.message] for n, one in enumerate(done) if one.refusal}
        if refused:
            first = next(iter(refused.values()))[0]
            said = _("%(number)s of %(all)s cannot be done, so nothing was: %(first)s") % {
                "number": len(refused),
                "all": len(done),
                "first": first,
            }
            raise Conflict(said, errors=refused)
    return done


def do_what_can_be_done(*, deeds: list[Deed]) -> list[Done]:
    """Do each deed by itself; one that is refused does not stop the others."""
    found = []
    for deed in deeds:
        try:
            with unit_of_work():
                found.append(Done(instance=deed()))
        except Refusal as refusal:
            found.append(Done(refusal=refusal))
    return found
