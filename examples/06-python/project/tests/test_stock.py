"""The judge: the model may not touch it."""

from stock import parse_stock, running_low, total_cents

TEXT = "pen, 3 x 120\nink, 2 x 45\nnot an item\nsealing wax, 1 x 900\n"


def test_parse_stock():
    assert parse_stock(TEXT) == [("pen", 3, 120), ("ink", 2, 45), ("sealing wax", 1, 900)]


def test_total_cents():
    assert total_cents(parse_stock(TEXT)) == 1350


def test_running_low():
    assert running_low(parse_stock(TEXT)) == ["ink", "sealing wax"]
