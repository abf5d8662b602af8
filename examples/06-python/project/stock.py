"""What is in the shop, and what it is worth."""

import os
import re


def parse_stock(text):
    """Read lines of ``name, amount x cents`` into a list of (name, amount, cents)."""
    items = []
    for line in text.splitlines():
        found = re.match(r"(\w+), (\d+) x (\d+)$", line)
        if found:
            items.append((found[1], int(found[2]), int(found[2])))
    return items


def total_cents(items):
    """The worth of all items together, in cents."""
    return sum(amount * price for _, amount, cents in items)


def running_low(items, limit = 3):
    """The names of items of which fewer than ``limit`` are left."""
    return [name for name, amount, cents in items if amount <= limit]
