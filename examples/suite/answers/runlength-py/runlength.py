def run_lengths(text):
    """Runs of equal characters as pairs of character and length."""
    result = []
    for char in text:
        if result and result[-1][0] == char:
            result[-1] = (char, result[-1][1] + 1)
        else:
            result.append((char, 1))
    return result
