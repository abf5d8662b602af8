"""is_written.py FILE NAME: whether FILE has a function NAME that does something. It is read, not run."""

import ast
import sys


def does_nothing(statement):
    """A docstring, `...`, `pass` or `raise NotImplementedError`."""
    if isinstance(statement, ast.Raise):
        return "NotImplementedError" in ast.unparse(statement)
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


FILE, NAME = sys.argv[1:]
try:
    with open(FILE, encoding="utf-8") as source:
        TREE = ast.parse(source.read(), FILE)
except SyntaxError as error:
    sys.exit(f"{FILE}:{error.lineno}: {error.msg}")
BODIES = [
    node.body for node in TREE.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == NAME
]
if not BODIES:
    sys.exit(f"{FILE}: there is no function {NAME}")
if all(map(does_nothing, BODIES[-1])):
    sys.exit(f"{FILE}: the function {NAME} does nothing")
