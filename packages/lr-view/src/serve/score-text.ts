import { ExitStatus, type Io, runText } from '@loop-runner/cli-kit'
import * as z from 'zod/mini'
import { Problem } from './problem.ts'

/** Options of lr-score that read no file and run no command. */
const OPTIONS = {
  'min-words': z.number(),
  'max-words': z.number(),
  'min-characters': z.number(),
  'max-characters': z.number(),
  require: z.array(z.string()),
  forbid: z.array(z.string()),
  'ignore-case': z.boolean(),
  mention: z.array(z.string()),
  'valid-json': z.boolean(),
  field: z.array(z.string()),
  weight: z.array(z.string()),
  optional: z.array(z.string()),
  combine: z.enum(['mean', 'min', 'product']),
  threshold: z.number(),
}

/** The body of `POST /score`: a text, and its requirements by the names of lr-score's options. */
export const ScoreRequest = z.strictObject({
  text: z.string(),
  options: z.partial(z.strictObject(OPTIONS)),
})

/** A regular expression may take for ever. */
const TIMEOUT_MS = 10_000

/** @throws Problem (422) with lr-score's reason, (504) if it takes too long */
export async function scoreText(
  { text, options }: z.infer<typeof ScoreRequest>,
  root: string,
  io: Io,
): Promise<object> {
  const { file, args } = io.ownProgram('lr-score')
  const flags = Object.entries(options).flatMap(([name, value]) => writeFlag(name, value))
  const request = {
    file,
    args: [...args, '--format', 'json', ...flags],
    cwd: root,
    env: io.env,
    stdin: text,
    timeoutMs: TIMEOUT_MS,
  }
  const { status, stdout, stderr } = await runText(request, io)
  if (status === ExitStatus.Yes || status === ExitStatus.No) return JSON.parse(stdout) as object
  if (status === 124) throw new Problem(504, `lr-score: no result after ${TIMEOUT_MS / 1000} s`)
  throw new Problem(422, stderr.trim().replace(/^lr-score: /, ''))
}

function writeFlag(name: string, value: string | number | boolean | string[] | undefined): string[] {
  if (value === undefined || value === false) return []
  if (value === true) return [`--${name}`]
  return (Array.isArray(value) ? value : [String(value)]).map((item) => `--${name}=${item}`)
}
