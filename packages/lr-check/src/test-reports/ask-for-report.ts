import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Started } from './change-command.ts'
import { REPORT_RECIPES, type ReportRecipe } from './recipes.ts'
import type { ReportKind } from './report-kinds.ts'
import type { ReportState } from './test-report.ts'

/** A command that writes a report, and how that is read. */
export interface ReportRequest {
  readonly started: Started
  /** The folder in which it is written: private, and out of the tree. */
  readonly folder: string
  /** The report after the end of the command; undefined if the request had no effect. */
  readonly read: () => ReportState | undefined
  readonly remove: () => void
}

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
  return { started: asked, folder, read: () => readState(recipe, folder, started.cwd), remove }
}

function readState(recipe: ReportRecipe, folder: string, cwd: string): ReportState | undefined {
  const path = join(folder, recipe.report)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile() || stat.size > MOST_BYTES) return recipe.isSure ? 'incomplete' : undefined
  return recipe.read(readFileSync(path, 'utf8'), cwd)
}
