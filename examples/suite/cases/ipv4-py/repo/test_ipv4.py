import unittest

from ipv4 import is_ipv4


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(is_ipv4('192.168.0.1'), True)

    def test_2(self):
        self.assertEqual(is_ipv4('256.1.1.1'), False)

    def test_3(self):
        self.assertEqual(is_ipv4('1.2.3'), False)
