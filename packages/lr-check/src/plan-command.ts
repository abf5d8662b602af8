import type { Checkers } from './built-in-checkers.ts'
import { asArgument, fillIn, type Plan } from './plan.ts'
import { recognise } from './recognise.ts'

/** The run of a command that was given: as it is, with the sources in the place of each `{}`. */
export function planCommand(command: readonly string[], sources: readonly string[], checkers: Checkers): Plan {
  const argv = fillIn(command, '{}', sources.map(asArgument))
  return { argv, folder: '.', checker: recognise(argv, checkers), files: [] }
}
