def is_ipv4(text):
    """Whether text is an IPv4 address: four decimal numbers from 0 to 255, without leading zeros."""
    raise NotImplementedError
