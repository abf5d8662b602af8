"""load_tests.py unittest|doctest FILE: whether tests can be loaded. Exit status 1: they cannot, and a line says why."""

import doctest
import pathlib
import sys
import unittest


def fault_of_unittest(path):
    """What is wrong with a test file, or None."""
    sys.path.insert(0, ".")
    loader = unittest.TestLoader()
    try:
        suite = loader.loadTestsFromName(path.stem)
    except (Exception, SystemExit) as error:  # Whatever a module may raise.
        return f"{type(error).__name__}: {error}"
    if loader.errors:
        return loader.errors[0].strip().splitlines()[-1]
    return None if suite.countTestCases() > 0 else "it has no tests"


def fault_of_doctest(path):
    """What is wrong with a text of doctests, or None."""
    try:
        examples = doctest.DocTestParser().get_examples(path.read_text(encoding="utf-8"), str(path))
        for example in examples:
            compile("\n" * example.lineno + example.source, str(path), "exec")
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except ValueError as error:
        return str(error)
    return None if any(example.want for example in examples) else "it has no examples with a value"


FAULT = {"unittest": fault_of_unittest, "doctest": fault_of_doctest}[sys.argv[1]](pathlib.Path(sys.argv[2]))
if FAULT:
    print(FAULT)
    sys.exit(1)
