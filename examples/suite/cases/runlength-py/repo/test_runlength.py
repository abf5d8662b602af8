import unittest

from runlength import run_lengths


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(run_lengths('aab'), [('a', 2), ('b', 1)])
