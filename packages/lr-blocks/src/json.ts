import { type Part, PartError, writeStream } from '@loop-runner/block-format'
import { defineCommand, ExitStatus, UsageError } from '@loop-runner/cli-kit'

export const json = defineCommand({
  usage: '[options]',
  operands: { instead: 'it reads standard input: lr-blocks json < FILE' },
  summary: 'Turn a stream into JSON lines.',
  options: {},
  details: `
One object per line: {"text": …} or {"name": …, "content": …}; the unnamed block
has the name "". from-json is the inverse.

Exit codes: 0 done · 2 broken stream

  lr-check -c pytest src | lr-blocks json | jq -r 'select(.name == "status").content'
`,
  async run(_call, io) {
    const lines = (await io.stdin.parts()).map((part) => JSON.stringify(part))
    await io.stdout.write(lines.length === 0 ? '' : `${lines.join('\n')}\n`)
    return ExitStatus.Yes
  },
})

export const fromJson = defineCommand({
  usage: '[options]',
  summary: 'Turn JSON lines into a stream.',
  options: {},
  details: `
Reads the output of lr-blocks json: one object per line, {"text": …} or
{"name": …, "content": …}. Empty lines are ignored.

Exit codes: 0 done · 2 a line is not such an object, or not valid in a stream

  jq -nc '{name: "a.txt", content: "hello\\n"}' | lr-blocks from-json
`,
  async run(_call, io) {
    const text = await io.stdin.text()
    const parts: Part[] = []
    const lineOfPart: number[] = []
    for (const [index, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue
      parts.push(readPart(line, index + 1))
      lineOfPart.push(index + 1)
    }
    try {
      await io.stdout.write(writeStream(parts))
    } catch (error) {
      if (!(error instanceof PartError)) throw error
      throw new UsageError(
        `standard input: line ${lineOfPart[error.index]}: ${error.message.replace(/^part \d+: /, '')}`,
      )
    }
    return ExitStatus.Yes
  },
})

function readPart(line: string, number: number): Part {
  const part = readObject(line, number)
  const keys = Object.keys(part).sort().join(' ')
  if (keys === 'text' && isText(part['text'])) return { text: part['text'] }
  if (keys === 'content name' && isText(part['name']) && isText(part['content'])) {
    return { name: part['name'], content: part['content'] }
  }
  throw new UsageError(
    `standard input: line ${number}: expected {"text"} or {"name", "content"} with valid Unicode and without NUL`,
  )
}

function readObject(line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch (error) {
    throw new UsageError(`standard input: line ${number}: no JSON: ${(error as Error).message}`)
  }
}

/** A text that survives the trip: no lone surrogate, no NUL. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value) && !value.includes('\0')
}
