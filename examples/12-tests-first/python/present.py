"""present.py function|module|standalone NAME [--clean-doc] < MODULE: prints a function, its module, or a program that calls it."""

import ast
import re
import sys

SIMPLE = {"int", "float", "str"}


def find(source, name):
    """The last function of that name."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.parse(source).body if isinstance(node, kinds) and node.name == name]
    if not found:
        sys.exit(f"there is no function {name}")
    return found[-1]


def parameters(function):
    """Each parameter with its default, None where it has none, and whether it is given by name."""
    given = function.args
    plain = given.posonlyargs + given.args
    defaults = [None] * (len(plain) - len(given.defaults)) + given.defaults
    for parameter, default in zip(plain, defaults):
        yield parameter, default, False
    for parameter, default in zip(given.kwonlyargs, given.kw_defaults):
        yield parameter, default, True


def summary_and_notes(doc):
    """The first paragraph, and what is said of parameters and of the value, by name."""
    summary = re.split(r"\n\s*\n|\n\s*(?:>>>|Args:|Returns:|:\w+)", doc, maxsplit=1)[0]
    notes = dict(re.findall(r"^\s*(?::param )?(\w+)(?: \([^)\n]*\))?: +(\S.*)$", doc, re.M))
    value = re.search(r"Returns:\n\s+(?:[\w\[\], .|]+: +)?(\S.*)|:returns?: *(\S.*)", doc)
    return " ".join(summary.split()), notes, next(filter(None, value.groups()), "") if value else ""


def docstring(function):
    """The docstring in one form: a summary, Args, Returns."""
    summary, notes, value = summary_and_notes(ast.get_docstring(function) or function.name.replace("_", " "))
    args = [
        f"    {one.arg}{f' ({ast.unparse(one.annotation)})' if one.annotation else ''}: {notes.get(one.arg, '')}".rstrip()
        for one, *_ in parameters(function)
    ]
    kind = ast.unparse(function.returns) if function.returns else ""
    returns = [f"    {': '.join(filter(None, [kind, value]))}"] if kind or value else []
    parts = [summary, "\n".join(["Args:", *args]) if args else "", "\n".join(["Returns:", *returns]) if returns else ""]
    return "\n\n".join(filter(None, parts))


def with_clean_doc(source, function):
    """The source with that docstring in place of the function's own."""
    lines = source.encode().splitlines(keepends=True)
    first = function.body[0]
    has_doc = ast.get_docstring(function, clean=False) is not None
    indent = " " * (function.col_offset + 4)
    text = docstring(function).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    text = re.sub(r"^(?=.)", indent, text, flags=re.M).strip()
    text = f'"""{text}' + (f"\n{indent}" if "\n" in text else "") + '"""'
    if not has_doc:
        text += f"\n{indent}"
    before = b"".join(lines[: first.lineno - 1]) + lines[first.lineno - 1][: first.col_offset]
    if before.rsplit(b"\n", 1)[-1].strip():
        text = f"\n{indent}{text}"
    end, column = (first.end_lineno, first.end_col_offset) if has_doc else (first.lineno, first.col_offset)
    after = lines[end - 1][column:] + b"".join(lines[end:])
    return (before + text.encode() + after).decode()


def argument(parameter, default, is_named):
    """The line that tells argparse of a parameter, and how the function gets it."""
    name = parameter.arg
    annotation = ast.unparse(parameter.annotation) if parameter.annotation else ""
    kind = f"type={annotation if annotation in SIMPLE else '_value'}"
    passed = f"{name}=_given.{name}" if is_named else f"_given.{name}"
    if default is None and not is_named:
        return f'_parser.add_argument("{name}", {kind})', passed
    flag = "--help_" if name == "help" else f"--{name.replace('_', '-')}"
    if annotation == "bool" and default is not None:
        kind = "action=argparse.BooleanOptionalAction"
    value = "required=True" if default is None else f"default={ast.unparse(default)}"
    return f'_parser.add_argument("{flag}", dest="{name}", {kind}, {value})', passed


def command_line(function):
    """A program's end: arguments as the signature has them, and the docstring as its help."""
    told = [argument(*one) for one in parameters(function)]
    added, passed = [one for one, _ in told], [one for _, one in told]
    if function.args.vararg:
        name = function.args.vararg.arg
        added.append(f'_parser.add_argument("{name}", nargs="*", type=_value)')
        passed.insert(len(function.args.posonlyargs + function.args.args), f"*_given.{name}")
    call = f"{function.name}({', '.join(passed)})"
    if isinstance(function, ast.AsyncFunctionDef):
        call = f"asyncio.run({call})"
    body = [
        "import argparse",
        "import ast",
        "import inspect",
        *(["import asyncio"] if isinstance(function, ast.AsyncFunctionDef) else []),
        "",
        "def _value(text):",
        "    try:",
        "        return ast.literal_eval(text)",
        "    except (SyntaxError, ValueError):",
        "        return text",
        "",
        "_parser = argparse.ArgumentParser(",
        f"    description=inspect.getdoc({function.name}), formatter_class=argparse.RawDescriptionHelpFormatter",
        ")",
        *added,
        "_given = _parser.parse_args()",
        f"print({call})",
    ]
    return 'if __name__ == "__main__":\n' + "".join(f"    {line}".rstrip() + "\n" for line in body)


def main(shape, name, *options):
    """Prints what standard input holds, in another shape."""
    source = sys.stdin.read()
    if options:
        source = with_clean_doc(source, find(source, name))
    function = find(source, name)
    if shape == "function":
        first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
        source = "".join(source.splitlines(keepends=True)[first - 1 : function.end_lineno])
    source = source.rstrip("\n") + "\n"
    print(source + (f"\n\n{command_line(function)}" if shape == "standalone" else ""), end="")


main(*sys.argv[1:])
