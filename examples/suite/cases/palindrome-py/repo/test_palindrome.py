import unittest

from palindrome import is_palindrome


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(is_palindrome('level'), True)

    def test_2(self):
        self.assertEqual(is_palindrome('Never odd or even'), True)

    def test_3(self):
        self.assertEqual(is_palindrome('almost'), False)
