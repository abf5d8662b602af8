def is_palindrome(text):
    """Whether text reads the same in both directions, ignoring case and everything but letters and digits."""
    kept = [char for char in text.lower() if char.isalnum()]
    return kept == kept[::-1]
