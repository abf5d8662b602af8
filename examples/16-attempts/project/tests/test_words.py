import unittest

from words import common

TEXT = "The cat and the dog. The dog and a bird."


class Common(unittest.TestCase):
    def test_the_most_frequent_first(self):
        self.assertEqual(common(TEXT, 1), [("the", 3)])

    def test_of_equals_the_first_one_first(self):
        self.assertEqual(common(TEXT, 3), [("the", 3), ("and", 2), ("dog", 2)])
