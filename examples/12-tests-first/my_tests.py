"""Tests of one's own, for the second run."""

import unittest

from is_ipv4 import is_ipv4


class IsIpv4(unittest.TestCase):
    def test_an_address(self):
        self.assertTrue(is_ipv4("10.0.0.1"))

    def test_no_address(self):
        self.assertFalse(is_ipv4("10.0.0.1."))
