import unittest

from quadratic import real_roots


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(real_roots(1, 2, 1), [-1.0])

    def test_2(self):
        self.assertEqual(real_roots(-1, 0, 4), [-2.0, 2.0])
