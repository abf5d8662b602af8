def primes_below(limit):
    """All primes smaller than limit, smallest first."""
    raise NotImplementedError
