import { type Io, writeSeconds } from '@loop-runner/cli-kit'
import type { LoopEvent } from '../runs/loop-event.ts'
import type { LoopSettings } from '../settings.ts'
import { describeEvent } from './describe-event.ts'
import type { Progress } from './progress.ts'

/**
 * One plain line a step, and a sign of life while a stage takes long.
 *
 * @param heartbeatMs how long a stage is silent before it is said that it is still at work, and between further times; 0 never
 */
export function plainProgress(io: Io, settings: LoopSettings, heartbeatMs: number): Progress {
  let stage: Extract<LoopEvent, { event: 'started' }> | undefined
  const beat = () => {
    if (!stage) return
    const seconds = (Date.now() - Date.parse(stage.time)) / 1000
    io.progress(`iteration ${stage.iteration}: still in the ${stage.stage} stage (${writeSeconds(seconds)})`)
  }
  let timer: NodeJS.Timeout | undefined
  return {
    show(event) {
      if (event.event === 'waiting') return
      stage = event.event === 'started' ? event : undefined
      clearInterval(timer)
      timer = stage && heartbeatMs > 0 ? setInterval(beat, heartbeatMs) : undefined
      const line = describeEvent(event, settings)
      if (line !== undefined) io.progress(line)
    },
    passOn: (chunk) => void io.stderr.write(Buffer.from(chunk)).catch(() => {}),
    close: () => clearInterval(timer),
  }
}
