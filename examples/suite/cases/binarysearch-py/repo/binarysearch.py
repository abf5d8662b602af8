def find(items, wanted):
    """The index of the first item that equals wanted in a sorted list, -1 if there is none."""
    raise NotImplementedError
