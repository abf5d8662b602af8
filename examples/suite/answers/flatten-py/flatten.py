def flatten(items):
    """The items of nested lists as one list, in order; strings are items."""
    result = []
    for item in items:
        result += flatten(item) if isinstance(item, list) else [item]
    return result
