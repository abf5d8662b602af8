import unittest

from primes import primes_below


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(primes_below(0), [])

    def test_2(self):
        self.assertEqual(primes_below(30), [2, 3, 5, 7, 11, 13, 17, 19, 23, 29])

    def test_3(self):
        self.assertEqual(len(primes_below(1000)), 168)
