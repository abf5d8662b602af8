import type { Io } from '@loop-runner/cli-kit'
import type { PullStep } from './pull-model.ts'
import type { LocalServer } from './start-ollama.ts'
import type { Target } from '../models/target.ts'
import { useLocal } from './use-local.ts'

const BAR_WIDTH = 30
/** Without a terminal, one line is printed for each quarter. */
const STEPS = 4

interface Display {
  readonly onStep: (step: PullStep) => void
  readonly end: () => void
}

/** `useLocal` for a person to watch: a bar on a terminal, else a line for each step. */
export async function useLocalVisibly(target: Target, io: Io, isQuiet: boolean): Promise<LocalServer> {
  const { onStep, end } = displayFor(target.label, io, isQuiet)
  try {
    return await useLocal(target, io, onStep)
  } finally {
    end()
  }
}

function displayFor(label: string, io: Io, isQuiet: boolean): Display {
  if (isQuiet) return { onStep: () => {}, end: () => {} }
  return io.stderr.isTerminal && io.env['TERM'] !== 'dumb' ? showBar(label, io) : showLines(label, io)
}

function showBar(label: string, { stderr }: Io): Display {
  let shown = ''
  return {
    onStep: ({ what, share }: PullStep) => {
      const full = Math.round((share ?? 0) * BAR_WIDTH)
      const bar = share === undefined ? '' : ` [${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] ${percent(share)}`
      const line = `${label}: ${what}${bar}`.replaceAll(/[\x00-\x1f\x7f]/g, '?')
      if (line === shown) return
      void stderr.write(`\r${line.padEnd(shown.length)}`).catch(() => {})
      shown = line
    },
    end: () => void stderr.write(shown === '' ? '' : '\n').catch(() => {}),
  }
}

function showLines(label: string, { progress }: Io): Display {
  let shown = ''
  return {
    onStep: ({ what, share }: PullStep) => {
      const at = share === undefined ? '' : ` ${percent(Math.floor(share * STEPS) / STEPS)}`
      if (what + at !== shown) progress(`${label}: ${what}${at}`)
      shown = what + at
    },
    end: () => {},
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
