/** A replacement of a part of a file that occurs once. */
export interface Replacement {
  readonly old: string
  readonly new: string
}

/** The programs of packages/lr-check/fixtures/broken, and what repairs each of them. */
export const BROKEN_PROGRAMS: Readonly<Record<string, readonly Replacement[]>> = {
  depth: [
    {
      old: '    return 0 if node is None else 1 + depth(node.following)',
      new: '    count = 0\n    while node is not None:\n        count += 1\n        node = node.following\n    return count',
    },
  ],
  edit_distance: [
    { old: 'return 1 + edit_distance(source[1:], target[1:])', new: 'return edit_distance(source[1:], target[1:])' },
  ],
  find_first: [
    { old: 'while low <= high', new: 'while low < high' },
    { old: 'low = middle\n', new: 'low = middle + 1\n' },
    { old: 'high = middle - 1', new: 'high = middle' },
  ],
  flatten: [{ old: 'yield from flatten([node])', new: 'yield node' }],
  greatest_divisor: [{ old: 'greatest_divisor(left % right, right)', new: 'greatest_divisor(right, left % right)' }],
  knapsack: [{ old: 'range(capacity, weight, -1)', new: 'range(capacity, weight - 1, -1)' }],
  merge_sort: [{ old: 'if len(items) == 0:', new: 'if len(items) <= 1:' }],
  parentheses: [{ old: '    return True', new: '    return level == 0' }],
  quick_sort: [
    { old: 'item in items[1:] if item < pivot', new: 'item in items if item < pivot' },
    { old: 'item in items[1:] if item > pivot', new: 'item in items if item > pivot' },
    { old: 'lesser + [pivot] + greater', new: 'lesser + [item for item in items if item == pivot] + greater' },
  ],
  to_base: [
    { old: 'result + digits[number % base]', new: 'digits[number % base] + result' },
    { old: '    return result', new: '    return result or "0"' },
  ],
}

/** A published package with its tests, and a bug that is planted in one of its files. */
export interface PlantedBug {
  readonly package: string
  readonly file: string
  readonly right: string
  readonly wrong: string
}

export const PLANTED_BUGS: readonly PlantedBug[] = [
  { package: 'qs@6.13.0', file: 'lib/utils.js', right: 'obj[i] = source[i];', wrong: 'obj[i + 1] = source[i];' },
  {
    package: 'minimist@1.2.8',
    file: 'index.js',
    right: 'o[lastKey] = [o[lastKey], value];',
    wrong: 'o[lastKey] = [value];',
  },
  { package: 'shell-quote@1.8.1', file: 'quote.js', right: "}).join(' ');", wrong: "}).join('');" },
]

/** What the tests of these packages load; their other development dependencies are not needed. */
export const TEST_DEPENDENCIES = [
  'tape@5.9.0',
  'es-value-fixtures',
  'for-each',
  'has-override-mistake',
  'has-property-descriptors',
  'has-symbols',
  'iconv-lite@0.5.1',
  'mock-property',
  'object-inspect',
  'safer-buffer',
  'side-channel',
] as const
