"""Finding the account that a row names."""

from scheduling.models import ChannelAccount
from scheduling.rules.words import quoted
from workspaces.errors import Invalid
from workspaces.lookup import by_reference
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

NAMED = 12  # Accounts that a refusal lists.


class Accounts:
    """The accounts of a workspace, each looked for once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rows = ChannelAccount.objects.filter(workspace=workspace).select_related("brand")
        self._found: dict[str, ChannelAccount | str] = {}

    def find(self, reference: str) -> ChannelAccount:
        """Return the account with that id, external reference or name; with none given the only active one.

        :raises Invalid: if there is none, or several; the sentence names what could be meant.
        """
        if reference not in self._found:
            self._found[reference] = self._look_for(reference)
        found = self._found[reference]
        if isinstance(found, str):
            raise Invalid(found)
        return found

    def _look_for(self, reference: str) -> ChannelAccount | str:
        if not reference:
            active = list(self._rows.filter(is_active=True)[:2])
            return active[0] if len(active) == 1 else self._with_known(sentence("The channel_account is empty."))
        found = by_reference(self._rows, reference)
        if found is not None:
            return found
        alike = list(self._rows.filter(name=reference)[:NAMED])
        if len(alike) > 1:
            which = ", ".join(one.external_ref or str(one.pk) for one in alike)
            return sentence(f"Several accounts are called {quoted(reference)}. Name one by its reference: {which}.")
        lacking = sentence(f"There is no account {quoted(reference)} in this workspace.")
        return alike[0] if alike else self._with_known(lacking)

    def _with_known(self, said: str) -> str:
        return f"{said} {self._known()}"

    def _known(self) -> str:
        rows = list(self._rows.filter(is_active=True).order_by("external_ref", "name", "id")[: NAMED + 1])
        if not rows:
            return sentence(f"{self._workspace.name} has no accounts yet: add one first.")
        names = ", ".join(one.external_ref or one.name for one in rows[:NAMED])
        return sentence(f"Use one of {names} …") if len(rows) > NAMED else sentence(f"Use one of {names}.")
