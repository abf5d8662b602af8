import unittest

from primes import primes_below


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(primes_below(10), [2, 3, 5, 7])

    def test_2(self):
        self.assertEqual(primes_below(2), [])
