import unittest

from binarysearch import find


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(find([1, 3, 5], 3), 1)

    def test_2(self):
        self.assertEqual(find([1, 3, 5], 4), -1)
