import unittest

from flatten import flatten


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(flatten([]), [])

    def test_2(self):
        self.assertEqual(flatten([[], 'ab', [['c']]]), ['ab', 'c'])

    def test_3(self):
        self.assertEqual(flatten([[[[[1]]]], 2]), [1, 2])
