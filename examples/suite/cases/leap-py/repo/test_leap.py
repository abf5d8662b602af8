import unittest

from leap import is_leap


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(is_leap(2024), True)

    def test_2(self):
        self.assertEqual(is_leap(2023), False)
