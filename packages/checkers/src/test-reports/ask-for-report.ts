import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Started } from './change-command.ts'
import { REPORT_RECIPES, type ReportRecipe } from './recipes.ts'
import type { ReportKind } from '@loop-runner/checker-table'
import type { ReportState } from './test-report.ts'

/** A command that writes a report, and how that is read. */
export interface ReportRequest {
  readonly started: Started
  /** The folder in which it is written: private, and out of the tree. */
  readonly folder: string
  /** Runs the command that confirms an exit code of 0, if the runner needs one. */
  readonly confirm: ((start: StartQuietly) => Promise<void>) | undefined
  /** The report after the end of the command; undefined if the request had no effect. */
  readonly read: () => ReportState | undefined
  readonly remove: () => void
}

/** Starts a command of the run whose output is not shown. */
export type StartQuietly = (argv: readonly string[], stdout: (chunk: Buffer) => void) => Promise<unknown>

/** A larger report is not read. */
const MOST_BYTES = 256 << 20

/** Asks the test runner that a command starts for a report; undefined if it cannot be asked. */
export function askForReport(kind: ReportKind, started: Started): ReportRequest | undefined {
  const recipe: ReportRecipe = REPORT_RECIPES[kind]
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'check-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const asked = recipe.ask(started, folder)
  if (!asked) {
    remove()
    return undefined
  }
  if (recipe.helper) writeFileSync(join(folder, recipe.helper.name), recipe.helper.text)
  const argv = recipe.confirm?.(asked)
  const confirm = argv && ((start: StartQuietly) => keepOutput(join(folder, recipe.report), argv, start))
  return { started: asked, folder, confirm, read: () => readState(recipe, folder, started.cwd), remove }
}

async function keepOutput(path: string, argv: readonly string[], start: StartQuietly): Promise<void> {
  await start(argv, (chunk) => appendFileSync(path, chunk))
}

function readState(recipe: ReportRecipe, folder: string, cwd: string): ReportState | undefined {
  const path = join(folder, recipe.report)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile() || stat.size > MOST_BYTES) return recipe.isSure ? 'incomplete' : undefined
  return recipe.read(readFileSync(path, 'utf8'), cwd)
}
