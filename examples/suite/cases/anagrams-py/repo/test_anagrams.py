import unittest

from anagrams import group_anagrams


class Shown(unittest.TestCase):
    def test_1(self):
        self.assertEqual(group_anagrams(['tea', 'eat', 'bat']), [['bat'], ['eat', 'tea']])
