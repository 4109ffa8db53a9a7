"""Makes the environment in `.venv` and installs a requirements file into it, once for each state of that file."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USAGE = "usage: python -m tools.environment requirements.txt|requirements-dev.txt"


def digest(requirements: Path) -> str:
    """Return what a requirements file asks for as one line, the files that it includes too."""
    text = requirements.read_text(encoding="utf-8")
    included = [line.split()[1] for line in text.splitlines() if line.startswith("-r ")]
    parts = [text, *(digest(requirements.parent / name) for name in included)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_usable(python: Path) -> bool:
    """Tell whether an earlier run finished this environment and its Python is still there."""
    check = [python, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(check, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make(venv: Path) -> None:
    """Make a new environment in place of what is there."""
    print(
        f"Making the environment in {venv.name}/ with Python {sys.version.split()[0]} …",
        flush=True,
    )
    subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)


def install(venv: Path, requirements: Path) -> None:
    """Install a requirements file, unless this very content is installed.

    Contents are compared, not times: a checkout of another version may be older than the last installation.
    """
    stamp, dev = venv / "installed", requirements.name != "requirements.txt"
    wanted = (
        [digest(requirements), digest(requirements.with_name("requirements.txt"))] if dev else [digest(requirements)]
    )
    if stamp.exists() and set(wanted) <= set(stamp.read_text(encoding="utf-8").split()):
        return
    print(f"Installing {requirements.name} …", flush=True)
    stamp.unlink(missing_ok=True)
    pip = [
        venv / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "-r", requirements], check=True, env={**os.environ, "PIP_USER": "0"})
    stamp.write_text("\n".join(wanted), encoding="utf-8")


def main(arguments: list[str]) -> int | str:
    if len(arguments) != 1:
        return USAGE
    venv = ROOT / ".venv"
    try:
        if not is_usable(venv / "bin" / "python"):
            make(venv)
        install(venv, ROOT / arguments[0])
    except subprocess.CalledProcessError as error:
        return f"The environment could not be made; see the lines above (exit code {error.returncode})."
    except KeyboardInterrupt:
        return "Interrupted; the next run starts where this one ended."
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
