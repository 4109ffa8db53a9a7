"""Finds the sentences that code marks by `sentence(…)`, and names their blanks."""

import ast
import re
from collections.abc import Iterator

MARK = "sentence"
FIELD = re.compile(r"\{(\w+)\}")  # Of a text that is filled later, by `format`.


def sentences(source: str) -> Iterator[str]:
    """Yield each marked sentence of a module: as it is, or with a `%(name)s` for each value of its.

    :raises ValueError: if what is marked is neither a text nor an f-string.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MARK:
            yield _template(node.args[0])


def _template(said: ast.expr) -> str:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        return FIELD.sub(r"%(\1)s", said.value)
    if not isinstance(said, ast.JoinedStr):
        raise ValueError(f"Line {said.lineno}: mark a text or an f-string, not {ast.unparse(said)}.")
    names: dict[str, str] = {}
    return "".join(
        part.value.replace("%", "%%") if isinstance(part, ast.Constant) else f"%({_blank(part.value, names)})s"
        for part in said.values
    )


def _blank(value: ast.expr, names: dict[str, str]) -> str:
    """Return a name for a value, another one for each."""
    wanted, written, number = _name(value), ast.unparse(value), 1
    name = wanted
    while names.setdefault(name, written) != written:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _name(value: ast.expr) -> str:
    if isinstance(value, ast.Name):
        return value.id.lower().strip("_")
    if isinstance(value, ast.Attribute):
        return value.attr.lower().strip("_")
    if isinstance(value, ast.Call):
        return _name(value.args[0] if value.args else value.func)
    if isinstance(value, ast.Subscript):
        key = value.slice.value if isinstance(value.slice, ast.Constant) else None
        return key if isinstance(key, str) else _name(value.value)
    if isinstance(value, ast.BinOp):
        return _name(value.left)
    return "value"
