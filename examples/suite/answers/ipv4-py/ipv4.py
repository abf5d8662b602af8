def is_ipv4(text):
    """Whether text is an IPv4 address: four decimal numbers from 0 to 255, without leading zeros."""
    parts = text.split('.')
    return len(parts) == 4 and all(
        part.isascii() and part.isdigit() and str(int(part)) == part and int(part) < 256 for part in parts
    )
