import type { Call, Io } from '@loop-runner/cli-kit'
import { variationEnvironment } from './attempts/variation.ts'
import type { LoopContext } from './loop-context.ts'
import type { LOOP_OPTIONS } from './options.ts'
import type { RunProgress } from './progress/open-progress.ts'
import type { RunFolder } from './runs/run-folder.ts'

/** How a run is carried out and shown; its settings are in its folder. */
type Manner = Pick<LoopContext, 'isQuiet' | 'passOn' | 'heartbeatMs' | 'apiKey' | 'debug'>

/** The settings and the display of a command line. */
export function mannerOf(options: Call<typeof LOOP_OPTIONS>['options'], { passOn, heartbeatMs }: RunProgress): Manner {
  return { isQuiet: options.quiet, passOn, heartbeatMs, apiKey: options['api-key'], debug: options.debug }
}

/** A run at its start, or without the rounds in its journal. */
export function makeContext(folder: RunFolder, manner: Manner, io: Io): LoopContext {
  const settings = folder.settings
  return {
    ...manner,
    io: { ...io, cwd: settings.cwd, env: { ...io.env, ...variationEnvironment(settings.variation) } },
    folder,
    settings,
    startedAt: Date.now(),
    llmEnvironment: {},
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
