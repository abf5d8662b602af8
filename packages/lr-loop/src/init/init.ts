import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, defineCommand, errorCode, ExitStatus, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'

const NAME = 'lr.yaml'

export const init = defineCommand({
  usage: '[options]',
  summary: 'Write an lr.yaml that fits this folder, so that lr-loop alone will do.',
  options: {
    'dry-run': { type: 'flag', alias: 'n', describe: 'print it instead of writing it', commandLineOnly: true },
  },
  details: `
It looks at the files here and at what this machine has: which of them a model
may change, which command runs the tests, which checkers there are, which
provider's key is set. Each setting has a comment that says what it does; where
no blank follows a #, taking it away turns a setting on. An lr.yaml that is
there is never overwritten. Nothing is sent anywhere.

Exit status: 0 written · 2 used wrongly, or there is one already · 3 it cannot
be written

  lr-loop init && lr-loop config && lr-loop
`,
  async run({ options, configFiles }, io) {
    const { findFacts } = await import('./find-facts.ts')
    const { composeConfig } = await import('./compose-config.ts')
    const text = composeConfig(await findFacts(io))
    if (options['dry-run']) await io.stdout.write(text)
    else {
      writeNew(text, io)
      const above = configFiles.find(({ origin }) => origin === 'above')
      if (above) io.warn(`${above.path} no longer holds in this folder`)
      io.progress(`${NAME} is written (look at it, then start lr-loop)`)
    }
    return ExitStatus.Yes
  },
})

function writeNew(text: string, { cwd }: Io): void {
  try {
    writeFileSync(join(cwd, NAME), text, { flag: 'wx' })
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new UsageError(`${NAME}: there is one already (lr-loop init --dry-run prints what would be written)`)
    throw new CommandError(ExitStatus.Failed, `${NAME}: ${reasonOf(error)}`)
  }
}
