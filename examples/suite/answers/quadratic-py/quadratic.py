def real_roots(a, b, c):
    """The real roots of a*x*x + b*x + c, smallest first; a is not 0."""
    d = b * b - 4 * a * c
    if d < 0:
        return []
    root = d**0.5
    return sorted({(-b - root) / (2 * a), (-b + root) / (2 * a)})
