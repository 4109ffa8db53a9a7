"""The admin of WHO: keys, people and the ledger; and the scope through which every model's admin goes."""

from workspaces.admin import api_keys, ledger, people

__all__ = ["api_keys", "ledger", "people"]
