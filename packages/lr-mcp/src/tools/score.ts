import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorIn, CommandError } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { contextOf, pathsIn } from './call-context.ts'
import { directory, line, optionInput, reported } from './schemas.ts'
import { defineTool, resultOf } from './tool.ts'

const MAX_TEXT = 2_000_000

/** Options that are passed on as they are. `--command` is left out because it runs a command. */
const PLAIN = {
  'min-words': () => optionInput.count('lr-score', 'min-words'),
  'max-words': () => optionInput.count('lr-score', 'max-words'),
  'min-characters': () => optionInput.count('lr-score', 'min-characters'),
  'max-characters': () => optionInput.count('lr-score', 'max-characters'),
  require: () => optionInput.texts('lr-score', 'require'),
  forbid: () => optionInput.texts('lr-score', 'forbid'),
  'ignore-case': () => optionInput.flag('lr-score', 'ignore-case'),
  mention: () => optionInput.texts('lr-score', 'mention'),
  'valid-json': () => optionInput.flag('lr-score', 'valid-json'),
  field: () => optionInput.texts('lr-score', 'field'),
  weight: () => optionInput.texts('lr-score', 'weight'),
  optional: () => optionInput.texts('lr-score', 'optional'),
  combine: () => optionInput.choice('lr-score', 'combine'),
  threshold: () => optionInput.number('lr-score', 'threshold'),
} as const

const camel = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const input = () =>
  z.strictObject({
    directory,
    text: z.string().max(MAX_TEXT).describe('text to score').optional(),
    file: line('file to score instead, relative to the directory').optional(),
    ...Object.fromEntries(Object.entries(PLAIN).map(([name, schema]) => [camel(name), schema() as z.ZodType])),
    schema: optionInput.text('lr-score', 'schema'),
    like: optionInput.text('lr-score', 'like'),
  })

const Scored = z.object({
  score: z.number(),
  passed: z.boolean(),
  missing: z.array(z.string()),
  scores: z.record(z.string(), z.number()),
})

export const scoreTool = defineTool({
  title: 'Score a text',
  description: 'Scores a text by requirements (length, phrases, patterns, JSON, likeness), and lists what is missing.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input,
  output: () => z.object({ ...reported, ...Scored.partial().shape }),
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const { text, file } = asked
    if ((text === undefined) === (file === undefined)) throw new CommandError(2, 'give either text or file')
    const values = asked as Record<string, unknown>
    const options = Object.keys(PLAIN).flatMap((name) => argumentsOf(name, values[camel(name)]))
    const files = (['schema', 'like'] as const).flatMap((name) =>
      pathsIn(context, asked[name] === undefined ? [] : [asked[name]]).map((path) => `--${name}=${path}`),
    )
    using copy = text === undefined ? undefined : temporaryFile(text)
    const operand = copy?.path ?? pathsIn(context, [file ?? ''])[0] ?? ''
    const args = [...context.configuration.args, '--format=json', ...options, ...files, operand]
    const { status, stdout, stderr } = await session.programs.run({
      name: 'lr-score',
      args,
      cwd: context.folder,
      signal: extra.signal,
    })
    if (status >= 2) throw new CommandError(status, errorIn(stderr))
    const { missing, ...rest } = Scored.parse(JSON.parse(stdout))
    const scored = { ...rest, missing: missing.map((text) => withoutName(text, operand)) }
    const lines = [`score ${scored.score}: ${scored.passed ? 'passes' : 'does not pass'}`, ...scored.missing]
    return resultOf({ exitCode: status, ...scored }, lines.join('\n'))
  },
})

/** Without the name of the file, which leads in what is missing. */
function withoutName(missing: string, file: string): string {
  return missing.startsWith(`${file}: `) ? missing.slice(file.length + 2) : missing
}

function argumentsOf(name: string, value: unknown): string[] {
  if (value === undefined || value === false) return []
  if (value === true) return [`--${name}`]
  return (Array.isArray(value) ? value : [value]).map((item) => `--${name}=${String(item)}`)
}

/** A text on standard input would be read as a block stream. */
function temporaryFile(text: string): { readonly path: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'lr-mcp-'))
  const path = join(folder, 'text')
  writeFileSync(path, text)
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
