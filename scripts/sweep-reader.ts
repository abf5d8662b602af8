// Reads hostile replies of growing size: the time that a byte takes must not grow with them. The largest are of 20 MB: what is found in
// hundreds of megabytes of hostile lines no longer fits into the usual heap of Node.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep-reader.ts
import { readReply } from '../packages/reply-format/src/index.ts'

/** What is repeated, or, behind a beginning and in front of an end, makes one long line. */
const SHAPES: Readonly<Record<string, (bytes: number) => string>> = {
  'good blocks': repeated('<<<< a.ts <<<<\nlet x = 1\nlet y = 2\n>>>>>>>>\n'),
  'one block': between('<<<< a.ts <<<<\n', 'let x = 1\n', '>>>>>>>>\n'),
  'openers inside': between('<<<< a.ts <<<<\n', '<<<< b.ts <<<<\n', '>>>>>>>>\n'),
  'openers that are none': repeated('<<<< what?\n<<< a.ts <<\n'),
  'closers that are none': between('<<<< a.ts <<<<\n', '>>>>\nx>>>>>>>>\n', ''),
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
  'a tag that is none': between('', '</think', '\n'),
  'blanks before a tag': between('', ' ', '<think\n'),
  'quotes before an opener': between('', '> ', 'x\n'),
  JSON: between('{"files": [', '{"path" : 1},', ''),
  'a usage block that is none': between('<<<< usage <<<<\n{}\n>>>>>>>>', ' \n', 'x'),
}
const SMALL = 1_000_000
const LARGE = 20 * SMALL
/** So much dearer may a byte of a large reply be: caches, and the collector of garbage. */
const MOST = 5

const tree = { isKnown: (name: string) => name.endsWith('.ts'), holdsLine: () => false }
let wrong = 0
for (const [what, make] of Object.entries(SHAPES)) {
  const small = perMegabyte(make(SMALL), 5)
  // On the way up, so that one that is not linear is found in seconds.
  const [last] = [5, 20].flatMap((factor) => {
    const ms = perMegabyte(make(SMALL * factor), 1)
    return ms > MOST * small ? [{ ms, factor }] : []
  })
  if (last) {
    wrong++
    console.log(`  ${what}: ${small.toFixed(2)} ms a MB, but ${last.ms.toFixed(2)} in ${last.factor} MB`)
  }
}
console.log(
  `hostile replies of up to ${LARGE / 1e6} MB: ${Object.keys(SHAPES).length} tried, ${wrong} not read in linear time`,
)
if (wrong > 0) process.exitCode = 1

function perMegabyte(text: string, tries: number): number {
  const times = Array.from({ length: tries }, () => {
    const start = performance.now()
    readReply(text, tree)
    return performance.now() - start
  })
  return (Math.min(...times) / text.length) * 1e6
}

function repeated(piece: string): (bytes: number) => string {
  return between('', piece, '')
}

function between(from: string, piece: string, to: string): (bytes: number) => string {
  return (bytes) => from + piece.repeat(Math.ceil(bytes / piece.length)) + to
}
