import unittest

from flatten import flatten


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(flatten([1, [2, [3]]]), [1, 2, 3])
