import { defineCommand, ExitStatus, UsageError } from '@loop-runner/cli-kit'

export const main = defineCommand({
  usage: '[options] [RUN]',
  summary: 'Print a run of lr-loop as a page: the task, the rounds, the changes and the result.',
  options: {
    format: {
      type: 'choice',
      choices: ['html', 'markdown'],
      default: 'html',
      placeholder: 'FORM',
      describe: 'html: one file without outside references; markdown: for a pull request or a job summary',
      commandLineOnly: true,
    },
    'max-bytes': {
      type: 'integer',
      min: 1000,
      default: 60_000,
      placeholder: 'N',
      describe: 'markdown: omit details, longest first, until the page has at most N bytes',
      commandLineOnly: true,
    },
  },
  operands: { max: 1 },
  needs: 'nothing',
  details: `
RUN is a name that lr-loop runs lists, or a folder (default: the newest run
started in this folder). The page contains sources, prompts and replies: review
it before you publish it. Text of models and checks is escaped; control
characters are shown as symbols.

Exit codes: 0 written · 2 invalid usage, or no such run

  lr-view > run.html
  lr-view --format markdown >> "$GITHUB_STEP_SUMMARY"
`,
  async run({ options, operands }, io) {
    if (options.format === 'html' && io.stdout.isTerminal) {
      throw new UsageError('standard output is a terminal (use lr-view > run.html, lr-view serve or lr-loop show)')
    }
    const { loadReport } = await import('@loop-runner/run-report')
    const report = await loadReport(operands[0], io)
    if (options.format === 'markdown') {
      const { writeMarkdown } = await import('./markdown/write-markdown.ts')
      await io.stdout.write(writeMarkdown(report, options['max-bytes']))
    } else {
      const { writePage } = await import('./html/write-page.ts')
      await io.stdout.write(writePage(report))
    }
    return ExitStatus.Yes
  },
})
