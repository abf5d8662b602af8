import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { BUILT_IN_CHECKERS, readFindings, writeFinding } from '@loop-runner/checkers'
import { judge } from '../../src/running/judge.ts'

/** What a program that cannot be installed here has printed elsewhere, and what it must be judged as. */
export interface Recorded {
  readonly checker: string
  readonly situation: string
  readonly argv: readonly string[]
  readonly status: number
  readonly stdout?: string
  readonly stderr?: string
  readonly outcome: string
  /** As a findings block has them; undefined without findings. */
  readonly findings?: string
}

const FOLDER = fileURLToPath(new URL('../../fixtures/recorded', import.meta.url))

/** All recordings; each file says where they come from. */
export const RECORDED: readonly Recorded[] = readdirSync(FOLDER).flatMap((name) => {
  const { checker, rows } = parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as {
    checker: string
    rows: Omit<Recorded, 'checker'>[]
  }
  return rows.map((row) => ({ checker, ...row }))
})

/** What lr-check would say of a recording. */
export function judgeRecorded({ checker, argv, status, stdout = '', stderr = '' }: Recorded): {
  outcome: string
  findings: string
} {
  const known = BUILT_IN_CHECKERS[checker]
  const result = { status, signal: undefined, timedOut: false, startError: undefined }
  const context = { cwd: '/', folder: '.', isFile: () => true }
  return {
    outcome: judge({ argv, result, stdout, stderr, textOf: () => '' }, known),
    findings: readFindings({ stdout, stderr }, known, context).map(writeFinding).join(''),
  }
}
