import unittest

from roman import to_roman


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(to_roman(4), 'IV')

    def test_2(self):
        self.assertEqual(to_roman(2024), 'MMXXIV')
