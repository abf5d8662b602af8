// Reads hostile replies of 1, 10 and 100 MB, one kind after the other, and prints what a megabyte of each takes: that must
// not grow with the reply. All of them fit into the heap that Node takes by itself (4 GB); the tests read smaller ones.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/sweep-reader.ts
import { readReply } from '../../packages/reply-format/src/index.ts'

/** What is repeated, or, behind a beginning and in front of an end, makes one long line. */
const SHAPES: Readonly<Record<string, (bytes: number) => string>> = {
  'good blocks': repeated('<<<< a.ts <<<<\nlet x = 1\nlet y = 2\n>>>>>>>>\n'),
  'one block': between('<<<< a.ts <<<<\n', 'let x = 1\n', '>>>>>>>>\n'),
  'openers inside': between('<<<< a.ts <<<<\n', '<<<< b.ts <<<<\n', '>>>>>>>>\n'),
  'lines that look like openers': repeated('<<<< what?\n<<< a.ts <<\n'),
  'lines that look like closers': between('<<<< a.ts <<<<\n', '>>>>\nx>>>>>>>>\n', ''),
  'indented openers': repeated('  <<<< a.ts <<<<\n  x\n'),
  'quoted openers': repeated('> <<<< a.ts <<<<\n> x\n'),
  fences: repeated('```\nx\n~~~\n'),
  'ends of reasoning': repeated('<<<< a.ts <<<<\n</think>\n'),
  'drafts and answers': repeated('<think>\n<<<< a.ts <<<<\n</think>\n'),
  'escaped for HTML': repeated('&lt;&lt;&lt;&lt; a.ts &lt;&lt;&lt;&lt;\nx\n&gt;&gt;&gt;&gt;&gt;&gt;&gt;&gt;\n'),
  'returns only': repeated('<<<< a.ts <<<<\rx\r>>>>>>>>\r'),
  'a line of returns': between('x', '\r', 'x'),
  'a line of <': between('', '<', ' x\n'),
  'a line of >': between('<<<< a.ts <<<<\n', '>', ' x\n'),
  'an opener of blanks': between('<<<< a.ts', ' ', 'b\n'),
  'a closer of blanks': between('<<<< a.ts <<<<\nx\n>>>>>>>>', ' ', 'x\n'),
  'a line of blanks': between('', ' ', '<<<< x\n'),
  'a line of backticks': between('', '`', ' x `\n'),
  'a tag behind a long line': between('', 'x ', '</think>\n'),
  'a broken tag': between('', '</think', '\n'),
  'blanks before a tag': between('', ' ', '<think\n'),
  'quotes before an opener': between('', '> ', 'x\n'),
  JSON: between('{"files": [', '{"path" : 1},', ''),
  'a broken usage block': between('<<<< usage <<<<\n{}\n>>>>>>>>', ' \n', 'x'),
}
const MEGABYTE = 1_000_000
/** In megabytes, and how often each is read: of the small, the quickest counts. */
const SIZES = [
  { size: 1, tries: 5 },
  { size: 10, tries: 1 },
  { size: 100, tries: 1 },
]
/** So much dearer may a byte of a larger reply be: caches, and the collector of garbage. */
const MOST = 5

const tree = { isKnown: (name: string) => name.endsWith('.ts'), holdsLine: () => false }
console.log(`${'ms a MB, in replies of'.padEnd(32)}${SIZES.map(({ size }) => `${size} MB`.padStart(9)).join('')}`)
const wrong = Object.entries(SHAPES).filter(([what, make]) => {
  const costs = SIZES.map(({ size, tries }) => msPerMegabyte(make(size * MEGABYTE), tries))
  const isLinear = Math.max(...costs) <= MOST * (costs[0] ?? 0)
  const figures = costs.map((cost) => cost.toFixed(1).padStart(9)).join('')
  console.log(what.padEnd(32) + figures + (isLinear ? '' : '  NOT LINEAR'))
  return !isLinear
})
console.log(
  `hostile replies of up to 100 MB: ${Object.keys(SHAPES).length} tried, ${wrong.length} not read in linear time`,
)
if (wrong.length > 0) process.exitCode = 1

function msPerMegabyte(text: string, tries: number): number {
  const times = Array.from({ length: tries }, () => {
    // Of the processor, not of the clock: other work may run on the machine.
    const before = process.cpuUsage()
    readReply(text, tree)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return (Math.min(...times) * MEGABYTE) / text.length
}

function repeated(piece: string): (bytes: number) => string {
  return between('', piece, '')
}

function between(from: string, piece: string, to: string): (bytes: number) => string {
  return (bytes) => from + piece.repeat(Math.ceil(bytes / piece.length)) + to
}
