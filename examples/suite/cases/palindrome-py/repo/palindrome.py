def is_palindrome(text):
    """Whether text reads the same in both directions, ignoring case and everything but letters and digits."""
    raise NotImplementedError
