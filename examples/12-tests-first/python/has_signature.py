"""has_signature.py SIGNATURE [FILE]: whether the function in FILE has the SIGNATURE, such as 'add(a: int) -> int'.

Exit status 1: it has another one, and a line says which; 2: SIGNATURE is none.
"""

import ast
import sys


def functions(source):
    """The functions of a module by name."""
    tree = ast.parse(source)
    return {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def written(function):
    """The signature of a function in one spelling."""
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    return f"{function.name}({ast.unparse(function.args)}){returns}"


SIGNATURE, *FILES = sys.argv[1:]
try:
    (WANTED,) = functions(f"def {SIGNATURE}: ...").values()
except (SyntaxError, ValueError):
    print(f"{SIGNATURE}: not a signature, such as 'add(a: int, b: int) -> int'", file=sys.stderr)
    sys.exit(2)
for path in FILES:
    with open(path, encoding="utf-8") as file:
        found = functions(file.read()).get(WANTED.name)
    if found is None or written(found) != written(WANTED):
        sys.exit(f"{path}: the signature is {written(found) if found else 'missing'}, not {written(WANTED)}")
