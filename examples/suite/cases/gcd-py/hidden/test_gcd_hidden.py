import unittest

from gcd import gcd


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(gcd(0, 0), 0)

    def test_2(self):
        self.assertEqual(gcd(-4, 6), 2)

    def test_3(self):
        self.assertEqual(gcd(0, 9), 9)
