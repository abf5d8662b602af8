def gcd(first, second):
    """The greatest common divisor, never negative; that of 0 and 0 is 0."""
    raise NotImplementedError
