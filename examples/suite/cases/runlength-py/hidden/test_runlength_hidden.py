import unittest

from runlength import run_lengths


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(run_lengths(''), [])

    def test_2(self):
        self.assertEqual(run_lengths('aba'), [('a', 1), ('b', 1), ('a', 1)])
