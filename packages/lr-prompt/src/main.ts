import { resolve } from 'node:path'
import { widthFor } from '@loop-runner/block-format'
import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { REPLY_FORMS, replyInstructions } from '@loop-runner/reply-format'
import { DEFAULT_TEMPLATE } from './default-template.ts'
import type { Evidence } from './evidence.ts'
import { readEvidence } from './read-evidence.ts'
import { readTextFile } from './read-text-file.ts'
import { readTemplate, renderTemplate, type Template } from './render-template.ts'
import { resultWords } from './result-words.ts'
import { TASK_NAMES, TASKS } from './tasks.ts'
import { blockForTemplate } from './template-data.ts'

const BUILT_IN: Template = { name: 'the built-in template', text: DEFAULT_TEMPLATE, path: undefined }

export const main = defineCommand({
  usage: '[options]',
  summary: 'Turn a stream of sources and check runs into a prompt.',
  options: {
    instructions: { type: 'list', alias: 'i', placeholder: 'TEXT', describe: 'what to do, in free words' },
    'instructions-file': {
      type: 'list',
      alias: 'I',
      placeholder: 'FILE',
      describe: 'what to do, from a file',
      commandLineOnly: true,
    },
    task: {
      type: 'choice',
      choices: TASK_NAMES,
      placeholder: 'NAME',
      describe: 'what to do, from the built-in texts; fix is taken where nothing else says what to do',
    },
    reply: {
      type: 'choice',
      choices: REPLY_FORMS,
      default: 'whole',
      placeholder: 'FORM',
      describe: 'how the model is told to reply: whole new versions, edits, either, or nothing said',
    },
    template: {
      type: 'text',
      alias: 't',
      placeholder: 'FILE',
      describe: 'an eta template instead of the built-in one; it is JavaScript, so take none from strangers',
      commandLineOnly: true,
    },
    'print-template': { type: 'flag', describe: 'print the built-in template', commandLineOnly: true },
    always: { type: 'flag', describe: 'write a prompt even where every run passes' },
  },
  details: `
Exit status: 0 a prompt was written · 1 nothing to fix (every run passes, or
there is neither a run nor an instruction): no output · 2 used wrongly, a broken
stream or template

  lr-check -c pytest src | lr-prompt -i 'Fix what fails' | lr-llm | lr-apply src
  lr-blocks pack src | lr-prompt -i 'Write a README' | lr-llm | lr-apply --new
`,
  async run({ options }, io) {
    if (options['print-template']) {
      await io.stdout.write(DEFAULT_TEMPLATE)
      return ExitStatus.Yes
    }
    const template = options.template === undefined ? BUILT_IN : readTemplate(options.template, io.cwd)
    const evidence = readEvidence(await io.stdin.parts())
    const given = [
      ...(options.task === undefined ? [] : [TASKS[options.task]]),
      ...evidence.instructions,
      ...options.instructions,
      ...options['instructions-file'].map((path) => readTextFile(resolve(io.cwd, path), path)),
    ]
    if (!options.always && isNothingToDo(evidence, given)) return ExitStatus.No
    await io.stdout.write(
      renderTemplate(template, {
        ...evidence,
        script: evidence.runs.find((run) => run.script)?.script,
        runs: evidence.runs.map((run) => ({ ...run, result: resultWords(run) })),
        instructions: (given.length === 0 ? [TASKS.fix] : given).map(withNewline).join('\n'),
        reply: replyInstructions(options.reply, widestOf(evidence)),
        block: blockForTemplate,
      }),
    )
    return ExitStatus.Yes
  },
})

/** Every run passes, or there is neither a run nor a word on what to do, or there is nothing at all. */
function isNothingToDo({ files, runs, blocks, report }: Evidence, given: readonly string[]): boolean {
  if (runs.length > 0) return runs.every(({ outcome }) => outcome === 'pass')
  return given.length === 0 || files.length + blocks.length + report.length === 0
}

/** The width that a block needs for any of the files that may be sent back. */
function widestOf({ files }: Evidence): number {
  return files.reduce((widest, { content }) => Math.max(widest, widthFor(content)), widthFor(''))
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
