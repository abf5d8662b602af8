import { BrokenPipe, type Call, CommandError, ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import type { CHECK_OPTIONS } from '../check-options.ts'
import { checkSources } from '../check-sources.ts'
import { readConfiguration } from '@loop-runner/checkers'
import { readNames } from '../sources.ts'
import { findWatched, type Watched } from './find-watched.ts'
import { FolderEvents } from './folder-events.ts'

type CheckCall = Call<typeof CHECK_OPTIONS>

/** On a terminal: clear the screen and the scrollback, and go to the top. */
const CLEAR = '\x1b[H\x1b[2J\x1b[3J'

/**
 * Checks, and checks again whenever the sources, the command's files or settings change, until it is interrupted. In a pipe
 * each run's stream ends with a NUL byte, which no stream holds; a terminal is cleared before each.
 */
export async function watchSources(call: CheckCall, io: Io): Promise<never> {
  if (call.operands.includes('-') || call.options['files-from'] === '-') {
    throw new UsageError('--watch: name the sources (standard input can only be read once)')
  }
  const events = new FolderEvents((reason) => io.warn(`cannot watch for changes (${reason}): polling every second`))
  io.onInterrupt(() => events.close())
  const look = async () => {
    const watched = await lookAt(call, io)
    events.watch(watched.folders)
    return watched.fingerprint
  }
  for (let isFirst = true, isSecond = false; ; isFirst = false) {
    const before = await look()
    await runOnce(call, isFirst, io)
    const after = await look()
    // Only now is the run said to be over: whatever its reader changes from here on comes after it.
    if (!io.stdout.isTerminal) await io.stdout.write('\0')
    // A check may change its own inputs: run it again once, not endlessly.
    isSecond = !isSecond && after !== before
    if (isSecond) continue
    do await events.next()
    while ((await look()) === after)
  }
}

async function lookAt(call: CheckCall, io: Io): Promise<Watched> {
  // The run itself reports errors in the settings.
  const { configFiles } = await call.readAgain().catch(() => ({ configFiles: [] }))
  const configuration = await readConfiguration(configFiles).catch(() => readConfiguration([]))
  const list = call.options['files-from']
  const listed = list === undefined ? [] : [list, ...(await readNames(list, io).catch(() => []))]
  return findWatched([...call.operands, ...listed, ...(call.command ?? [])], configuration, io)
}

/** @throws CommandError for an error at the start; later errors are printed, because they may be fixed */
async function runOnce(call: CheckCall, isFirst: boolean, io: Io): Promise<void> {
  if (io.stdout.isTerminal) await io.stdout.write(CLEAR)
  try {
    const current = isFirst ? call : await call.readAgain()
    const status = await checkSources(current, await readConfiguration(current.configFiles), io)
    io.progress(`${WORDS[status] ?? 'inconclusive'}; waiting for changes (Ctrl-C quits)`)
  } catch (error) {
    if (isFirst || !(error instanceof CommandError) || error instanceof BrokenPipe) throw error
    await io.stderr.write(`lr-check: ${error.message}\n`)
  }
}

const WORDS: Readonly<Record<number, string>> = { [ExitStatus.Yes]: 'pass', [ExitStatus.No]: 'fail' }
