import unittest

from quadratic import real_roots


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(real_roots(1, -3, 2), [1.0, 2.0])

    def test_2(self):
        self.assertEqual(real_roots(1, 0, 1), [])
