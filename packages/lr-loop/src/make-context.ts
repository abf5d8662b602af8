import type { Call, Io } from '@loop-runner/cli-kit'
import { variationEnvironment } from './attempts/variation.ts'
import type { LoopContext } from './loop-context.ts'
import type { LOOP_OPTIONS } from './options.ts'
import type { RunProgress } from './progress/open-progress.ts'
import type { RunFolder } from './runs/run-folder.ts'

export function makeContext(
  { options }: Call<typeof LOOP_OPTIONS>,
  io: Io,
  folder: RunFolder,
  progress: RunProgress,
): LoopContext {
  const settings = folder.settings
  return {
    io: { ...io, cwd: settings.cwd, env: { ...io.env, ...variationEnvironment(settings.variation) } },
    folder,
    settings,
    startedAt: Date.now(),
    isQuiet: options.quiet,
    passOn: progress.passOn,
    heartbeatMs: progress.heartbeatMs,
    apiKey: options['api-key'],
    llmEnvironment: {},
    debug: options.debug,
    isResumed: folder.journal.events.length > 0,
    state: {
      rounds: [],
      usage: { calls: 0, tokens: 0, cost: 0 },
      branch: undefined,
      commits: [],
      shown: [],
      stopServers: [],
      guards: new Map(),
    },
  }
}
