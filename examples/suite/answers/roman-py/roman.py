def to_roman(number):
    """The Roman numeral of a number from 1 to 3999."""
    digits = [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]
    result = ''
    for value, letters in digits:
        result += letters * (number // value)
        number %= value
    return result
