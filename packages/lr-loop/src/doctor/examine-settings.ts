import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { findOnPath, type Io, quoteCommand, splitWords } from '@loop-runner/cli-kit'
import { askProgram } from '../ask-program.ts'
import type { Remark } from './show-remarks.ts'

/** Validates the settings of lr.yaml for a loop, as far as possible without a run. */
export interface SettingsFound {
  readonly remark: Remark
  readonly sources: readonly string[]
  readonly checkCommand: readonly string[]
  readonly noGit: boolean
}

const Printed = z.object({
  loop: z.optional(
    z.object({
      sources: z.optional(z.array(z.string())),
      'check-command': z.optional(z.union([z.string(), z.array(z.string())])),
      'no-git': z.optional(z.boolean()),
    }),
  ),
})

/** The settings that `lr-loop config` prints for the working directory; none if it finds problems. */
export async function findSettings(io: Io): Promise<SettingsFound> {
  const { status, stdout, stderr } = await askProgram('lr-loop', ['config'], io)
  if (status !== 0) {
    const [text = ''] = stderr.replaceAll(/^lr-loop: /gm, '').split('\n')
    return { remark: { level: '!!', subject: 'lr.yaml', text }, sources: [], checkCommand: [], noGit: false }
  }
  const { parse } = await import('yaml')
  const { loop = {} } = z.parse(Printed, parse(stdout) ?? {})
  const command = loop['check-command'] ?? []
  return {
    remark: existsSync(join(io.cwd, 'lr.yaml'))
      ? { level: 'ok', subject: 'lr.yaml', text: 'valid' }
      : { level: 'note', subject: 'lr.yaml', text: 'none here (lr-loop init writes one)' },
    sources: loop.sources ?? [],
    checkCommand: typeof command === 'string' ? splitWords(command, 'check-command') : command,
    noGit: loop['no-git'] === true,
  }
}

/** Whether the program of the check command is here. */
export function examineCheckCommand(words: readonly string[], { cwd, env }: Io): Remark {
  const [program = ''] = words
  const isHere = program.includes('/') ? existsSync(resolve(cwd, program)) : findOnPath(program, env) !== undefined
  return isHere
    ? { level: 'ok', subject: 'check', text: `${quoteCommand(words)} (check-command of lr.yaml)` }
    : { level: '!!', subject: 'check', text: `${program}: not found (install it, or correct check-command in lr.yaml)` }
}
