def to_roman(number):
    """The Roman numeral of a number from 1 to 3999."""
    raise NotImplementedError
