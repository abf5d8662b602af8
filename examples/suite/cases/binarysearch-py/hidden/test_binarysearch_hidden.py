import unittest

from binarysearch import find


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(find([], 1), -1)

    def test_2(self):
        self.assertEqual(find([2, 2, 2], 2), 0)

    def test_3(self):
        self.assertEqual(find([1, 2], 2), 1)

    def test_4(self):
        self.assertEqual(find([1, 2], 3), -1)
