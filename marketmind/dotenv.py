"""Reading `.env`, and the refusal of what cannot be used."""

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LINE = re.compile(
    r"""(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*(?:
    "(?P<double>[^"]*)"\s*(?:\#.*)? | '(?P<single>[^']*)'\s*(?:\#.*)? | (?P<bare>[^"'\s\#](?:.*?\S)??)?(?:\s+\#.*)?\s*
)""",
    re.VERBOSE,
)


class WrongSetting(ImproperlyConfigured):
    """A setting that cannot be used; the text is a sentence for the operator."""


def load_dotenv(path: Path) -> None:
    """Read `.env` into the environment; what the environment already says wins.

    Lines are NAME=value; a value with a space before a # is in quotation marks.

    :raises WrongSetting: naming the line that cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            found = LINE.fullmatch(line.strip())
            if found is None or "\x00" in line:
                raise WrongSetting(f"Line {number} of {path} cannot be read: write it like NAME=value.")
            value = next((found[part] for part in ("double", "single", "bare") if found[part] is not None), "")
            os.environ.setdefault(found["name"], value)
