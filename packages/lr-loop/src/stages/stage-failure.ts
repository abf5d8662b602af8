import { existsSync, readFileSync } from 'node:fs'
import { CommandError, errorIn, signalOfStatus, visibleText } from '@loop-runner/cli-kit'
import type { StageResult } from './run-stage.ts'

/** Of a stage's last line, in characters. */
const LONGEST_REASON = 300

/** A stage that ended the loop. Its message holds the stage's own last line, for those who have not seen that. */
export class StageFailure extends CommandError {
  /** The message without the text that the stage itself has printed. */
  readonly brief: string

  constructor(status: number, message: string, brief: string) {
    super(status, message)
    this.brief = brief
  }
}

export function stageFailure({ stage, status, output }: StageResult, detail = ''): StageFailure {
  const log = output.replace(/out$/, 'err')
  const signal = signalOfStatus(status)
  const how = signal === undefined ? `ended with exit code ${status}` : `was ended by ${signal}`
  const what = `the ${stage} stage ${how}${detail}`
  return new StageFailure(status, `${what}${lastLine(log)} (see ${log})`, `${what} (see ${log})`)
}

function lastLine(log: string): string {
  const said = existsSync(log) ? visibleText(errorIn(readFileSync(log, 'utf8'))) : ''
  return said === '' ? '' : `: ${said.slice(0, LONGEST_REASON)}`
}
