import unittest

from anagrams import group_anagrams


class Hidden(unittest.TestCase):
    def test_1(self):
        self.assertEqual(group_anagrams([]), [])

    def test_2(self):
        self.assertEqual(group_anagrams(['a', 'a']), [['a', 'a']])

    def test_3(self):
        self.assertEqual(group_anagrams(['abc', 'cab', 'xyz', 'bca']), [['abc', 'bca', 'cab'], ['xyz']])
