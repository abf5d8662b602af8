import type { Io } from '@loop-runner/cli-kit'

const RED = '\x1b[31m'
const GREEN = '\x1b[32m'
const RESET = '\x1b[0m'

/** Has lines for people in green or red on a terminal that has colours. */
export function inColour(isGood: boolean, { stderr, env }: Pick<Io, 'stderr' | 'env'>, say: () => void): void {
  const isPlain = !stderr.isTerminal || env['TERM'] === 'dumb' || Boolean(env['NO_COLOR'])
  const write = (text: string) => void (isPlain || stderr.write(text).catch(() => {}))
  write(isGood ? GREEN : RED)
  say()
  write(RESET)
}
