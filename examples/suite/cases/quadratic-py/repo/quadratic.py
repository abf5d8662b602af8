def real_roots(a, b, c):
    """The real roots of a*x*x + b*x + c, smallest first; a is not 0."""
    raise NotImplementedError
