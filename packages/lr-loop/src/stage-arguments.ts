import type { LoopSettings } from './settings.ts'
import type { Stage } from './stage.ts'

/** What the loop's own stages have to know. */
type StageSettings = LoopSettings['stages']

/**
 * The arguments with which the loop starts its own program for a stage. Keys are never among them.
 *
 * @param action what the git stage is asked to do: `start` or `commit`
 */
export function stageArguments(
  stage: Stage,
  { stages: settings, limits }: LoopSettings,
  action: string | undefined,
): string[] {
  switch (stage) {
    case 'check':
      return checkArguments(settings)
    case 'prompt':
      return [
        ...(settings.instructions === undefined ? [] : [`--instruction=${settings.instructions}`]),
        ...settings.context.map((path) => `--context=${path}`),
        // A passing check is to be improved on all the same.
        ...(limits.minIterations === undefined ? [] : ['--always']),
      ]
    case 'llm':
      return [
        ...(settings.model === undefined ? [] : [`--model=${settings.model}`]),
        ...(settings.url === undefined ? [] : [`--url=${settings.url}`]),
        ...(settings.local ? ['--local'] : []),
        '--usage',
      ]
    case 'apply':
      return [
        ...[...protectedScripts(settings.checkCommand ?? []), ...settings.context].map((path) => `--protect=${path}`),
        '--',
        ...settings.sources,
      ]
    case 'git':
      return gitArguments(action, settings)
  }
}

function checkArguments({ sources, checkCommand, linters, checkTimeoutMs }: StageSettings): string[] {
  return [
    ...linters.map((list) => `--checkers=${list}`),
    ...(checkTimeoutMs === undefined ? [] : [`--timeout=${checkTimeoutMs}ms`]),
    ...sources.map((source) => (source.startsWith('-') ? `./${source}` : source)),
    ...(checkCommand === undefined ? [] : ['--', ...checkCommand]),
  ]
}

function gitArguments(action: string | undefined, { branch, dirty }: StageSettings): string[] {
  if (action !== 'start') return action === undefined ? [] : [action]
  return [action, `--dirty=${dirty}`, ...(branch === undefined ? [] : [branch])]
}

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh'])

/** The script that judges: the command itself, or what a shell is told to run. The model must not touch it. */
function protectedScripts([program = '', ...args]: readonly string[]): string[] {
  const name = program.split('/').at(-1) ?? ''
  const script = SHELLS.has(name)
    ? args.find((arg) => !arg.startsWith('-'))
    : program.includes('/')
      ? program
      : undefined
  return script === undefined || script.startsWith('/') || script.includes(' ') ? [] : [script.replace(/^(\.\/)+/, '')]
}
