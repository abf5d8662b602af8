import unittest

from palindrome import is_palindrome


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(is_palindrome(''), True)

    def test_2(self):
        self.assertEqual(is_palindrome('A man, a plan, a canal: Panama!'), True)

    def test_3(self):
        self.assertEqual(is_palindrome('ab'), False)
