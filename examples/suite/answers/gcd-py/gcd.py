def gcd(first, second):
    """The greatest common divisor, never negative; that of 0 and 0 is 0."""
    while second:
        first, second = second, first % second
    return abs(first)
