// The script of the pages of lr-view serve: a live log, the command of the form, models to choose from, and copying.
import { followRun } from './follow-run.ts'
import { previewCommand } from './preview-command.ts'
import { suggestModels } from './suggest-models.ts'
import { showCopyButtons } from './copy-buttons.ts'

showCopyButtons()
const log = document.querySelector<HTMLElement>('[data-events]')
if (log) followRun(log)
const form = document.querySelector<HTMLFormElement>('#new-run')
if (form) {
  previewCommand(form)
  suggestModels(form)
}
