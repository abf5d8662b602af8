def mean(values):
    return sum(values) / count
