import unittest

from gcd import gcd


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(gcd(12, 18), 6)

    def test_2(self):
        self.assertEqual(gcd(7, 5), 1)
