def group_anagrams(words):
    """Groups of words with the same letters, each sorted, the groups sorted by their first word."""
    groups = {}
    for word in words:
        groups.setdefault(''.join(sorted(word)), []).append(word)
    return sorted(sorted(group) for group in groups.values())
