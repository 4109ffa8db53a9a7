"""The settings that `.env.example` lists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def blank() -> dict[str, str]:
    """Return every setting as a blank, which means its default and outweighs what this machine's `.env` says."""
    listed = re.findall(r"^([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    return dict.fromkeys(listed, "")
