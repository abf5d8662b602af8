/** A frame of a stack trace in Node itself, a dependency, or a language's own library. */
const FOREIGN_FRAME =
  /^\s*(?:at |❯ |# ?at )?.*(?:^|[\s('"])(?:node:|file:\/\/\S*\/node_modules\/|\S*\bnode_modules\/|internal\/)\S*:\d+(?::\d+)?\)?,?( \{)?$/
/** Of Ruby, in a gem, its own library, or the command line. */
const RUBY_FRAME = /^\s*# (?:\S*\/(?:gems|ruby|rubygems-integration)\/\S*|-e|<internal:\S+):\d+:in /
const RUST_FRAME = /^ +\d+: /
const RUST_PLACE = /^ +at (\S+)$/
const PYTHON_FRAME = /^ +File "[^"]*\/(?:site-packages|dist-packages|lib\/python[\d.]+)\/[^"]*", line \d+/
const JAVA_FRAME =
  /^\s+(?:at )?(?:[\w.]+\/\/?)?(?:java|javax|jdk|sun|junit|kotlin|scala|org\.(?:junit|gradle|apache\.maven|opentest4j|assertj|hamcrest|mockito|testng|scalatest)|worker\.org\.gradle)\.[\w.$<>]*\([^()]*\)$/

const SAYS_NOTHING = /^stack backtrace:$|^note: (?:Some details are omitted|run with `RUST_BACKTRACE)/

/** The lines without frames in code that is not the project's. */
export function dropForeignFrames(lines: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < lines.length;) {
    const { length, keep } = readFrame(lines, at)
    kept.push(...keep)
    at += length
  }
  return dropProperties(kept).filter((line) => !SAYS_NOTHING.test(line))
}

/** The frame that begins at a line, or the line alone: how many lines it has, and those to keep. */
function readFrame(lines: readonly string[], at: number): { length: number; keep: readonly string[] } {
  const line = lines[at] ?? ''
  const foreign = FOREIGN_FRAME.exec(line)
  if (foreign) return { length: 1, keep: foreign[1] === undefined ? [] : ['{'] }
  const rustPlace = RUST_FRAME.test(line) ? RUST_PLACE.exec(lines[at + 1] ?? '')?.[1] : undefined
  if (rustPlace !== undefined) return { length: 2, keep: rustPlace.startsWith('/') ? [] : lines.slice(at, at + 2) }
  if (PYTHON_FRAME.test(line)) {
    const next = lines.findIndex((other, index) => index > at && !/^ {4}/.test(other))
    return { length: (next < 0 ? lines.length : next) - at, keep: [] }
  }
  return { length: 1, keep: isForeign(line) ? [] : [line] }
}

function isForeign(line: string): boolean {
  return JAVA_FRAME.test(line) || RUBY_FRAME.test(line)
}

/** The properties of an AssertionError, `{ generatedMessage: true, code: …, actual: … }`: its message says them. */
function dropProperties(lines: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const end =
      /(?:^| )\{$/.test(line) && /^\s*generatedMessage: /.test(lines[at + 1] ?? '') ? endOfProperties(lines, at) : -1
    if (end < 0) {
      if (line !== '{') kept.push(line)
      continue
    }
    const isGenerated = (lines[at + 1] ?? '').includes('true')
    if (line !== '{') kept.push(line.replace(/ \{$/, ''))
    if (!isGenerated) kept.push(...lines.slice(at + 2, end).filter((one) => !/^\s*(?:code|operator|diff): /.test(one)))
    at = end
  }
  return kept
}

function endOfProperties(lines: readonly string[], start: number): number {
  const margin = /^\s*/.exec(lines[start + 1] ?? '')?.[0].length ?? 0
  return lines.findIndex((line, at) => at > start && /^\s*\}$/.test(line) && line.indexOf('}') < margin)
}
