import unittest

from roman import to_roman


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(to_roman(3999), 'MMMCMXCIX')

    def test_2(self):
        self.assertEqual(to_roman(1), 'I')

    def test_3(self):
        self.assertEqual(to_roman(444), 'CDXLIV')
