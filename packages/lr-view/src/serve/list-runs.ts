import { basename } from 'node:path'
import { type Io, runText } from '@loop-runner/cli-kit'
import * as z from 'zod/mini'
import { isUnder } from './run-paths.ts'

export const Row = z.object({
  run: z.string(),
  state: z.string(),
  label: z.nullable(z.string()),
  model: z.nullable(z.string()),
  check: z.nullable(z.union([z.string(), z.array(z.string())])),
  passed: z.boolean(),
  seconds: z.number(),
  began: z.string(),
  attempts: z.number(),
  replies: z.number(),
  scores: z.array(z.number()),
  tokens: z.number(),
  cost: z.nullable(z.number()),
  branch: z.nullable(z.string()),
  cwd: z.string(),
  sources: z.array(z.string()),
})

/** A run in the list. */
export type RunRow = z.infer<typeof Row> & { readonly id: string }

export interface Filter {
  /** Words that must occur anywhere in the row. */
  readonly words: readonly string[]
  readonly label: string
  readonly model: string
  readonly state: string
}

/** The runs that worked in folders under the root, newest first. */
export async function listRuns(root: string, io: Io): Promise<RunRow[]> {
  const { file, args } = io.ownProgram('lr-loop')
  const request = { file, args: [...args, '-q', 'runs', '--json'], cwd: root, env: io.env }
  const { stdout } = await runText(request, io)
  return stdout
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const { success, data } = Row.safeParse(JSON.parse(line))
      return success && isUnder(data.cwd, root) ? [{ id: basename(data.run), ...data }] : []
    })
}

export function readFilter(query: (name: string) => string | undefined): Filter {
  return {
    words: (query('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean),
    label: query('label') ?? '',
    model: query('model') ?? '',
    state: query('state') ?? '',
  }
}

export function filterRuns(rows: readonly RunRow[], { words, label, model, state }: Filter): RunRow[] {
  return rows.filter((row) => {
    const text = JSON.stringify(row).toLowerCase()
    return (
      words.every((word) => text.includes(word)) &&
      (label === '' || row.label === label) &&
      (model === '' || row.model === model) &&
      (state === '' || row.state === state)
    )
  })
}
