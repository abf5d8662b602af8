def run_lengths(text):
    """Runs of equal characters as pairs of character and length."""
    raise NotImplementedError
