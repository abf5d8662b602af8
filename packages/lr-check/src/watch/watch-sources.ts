import { BrokenPipe, type Call, CommandError, ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import type { CHECK_OPTIONS } from '../check-options.ts'
import { checkSources } from '../check-sources.ts'
import { readConfiguration } from '@loop-runner/checkers'
import { readNames } from '../sources.ts'
import { findWatched, type Watched } from './find-watched.ts'
import { FolderEvents } from './folder-events.ts'

type CheckCall = Call<typeof CHECK_OPTIONS>

/** Of a terminal: the screen, what has been scrolled out of it, and to the top. */
const CLEAR = '\x1b[H\x1b[2J\x1b[3J'

/**
 * Checks, and checks again whenever the sources, the command's files or settings change, until it is interrupted. In a pipe
 * each run's stream ends with a NUL byte, which no stream holds; a terminal is cleared before each.
 */
export async function watchSources(call: CheckCall, io: Io): Promise<never> {
  if (call.operands.includes('-') || call.options['files-from'] === '-') {
    throw new UsageError('--watch: name the sources (standard input can only be read once)')
  }
  const events = new FolderEvents((reason) =>
    io.warn(`changes cannot be watched (${reason}): looking for them every second`),
  )
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
    // What changes while a check runs may be its own doing: it is made once more, not for ever.
    isSecond = !isSecond && after !== before
    if (isSecond) continue
    do await events.next()
    while ((await look()) === after)
  }
}

async function lookAt(call: CheckCall, io: Io): Promise<Watched> {
  // What is wrong in the settings is said by the run.
  const { configFiles } = await call.readAgain().catch(() => ({ configFiles: [] }))
  const configuration = await readConfiguration(configFiles).catch(() => readConfiguration([]))
  const list = call.options['files-from']
  const listed = list === undefined ? [] : [list, ...(await readNames(list, io).catch(() => []))]
  return findWatched([...call.operands, ...listed, ...(call.command ?? [])], configuration, io)
}

/** @throws CommandError for what is wrong from the start; later it is said, for it may be put right again */
async function runOnce(call: CheckCall, isFirst: boolean, io: Io): Promise<void> {
  if (io.stdout.isTerminal) await io.stdout.write(CLEAR)
  try {
    const current = isFirst ? call : await call.readAgain()
    const status = await checkSources(current, await readConfiguration(current.configFiles), io)
    io.progress(`${WORDS[status] ?? 'no verdict'}; waiting for changes (Ctrl-C ends)`)
  } catch (error) {
    if (isFirst || !(error instanceof CommandError) || error instanceof BrokenPipe) throw error
    await io.stderr.write(`lr-check: ${error.message}\n`)
  }
}

const WORDS: Readonly<Record<number, string>> = { [ExitStatus.Yes]: 'pass', [ExitStatus.No]: 'fail' }
