import unittest

from ipv4 import is_ipv4


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(is_ipv4('01.2.3.4'), False)

    def test_2(self):
        self.assertEqual(is_ipv4('1.2.3.4.5'), False)

    def test_3(self):
        self.assertEqual(is_ipv4(' 1.2.3.4'), False)

    def test_4(self):
        self.assertEqual(is_ipv4('0.0.0.0'), True)
