import re, os

def common(text, n):
    counts = {}
    for w in re.findall('[a-z]+', text):
        counts[w] = counts.get(w, 0) + 1
    l = sorted(counts.items(), key=lambda x: x[1])
    return l[:n]
