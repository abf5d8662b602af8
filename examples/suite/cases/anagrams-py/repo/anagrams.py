def group_anagrams(words):
    """Groups of words with the same letters, each sorted, the groups sorted by their first word."""
    raise NotImplementedError
