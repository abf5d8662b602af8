import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CommandError,
  defineCommand,
  errorCode,
  ExitStatus,
  type Io,
  quoteCommand,
  reasonOf,
  trustFile,
  UsageError,
} from '@loop-runner/cli-kit'
import type { Facts } from './find-facts.ts'

const NAME = 'lr.yaml'

export const init = defineCommand({
  usage: '[options]',
  summary: 'Write an lr.yaml for this folder, so that lr-loop runs without options.',
  options: {
    'dry-run': { type: 'flag', alias: 'n', describe: 'print the file instead of writing it', commandLineOnly: true },
  },
  // An lr.yaml above, whatever it holds, does not apply to the new one.
  needs: 'nothing',
  details: `
Detects which files a model may change, which command runs the tests, which
checkers are installed, and which provider's key is set. Each setting has a
comment; to enable a setting, remove a # that is not followed by a space. An
existing lr.yaml is never overwritten. No request is sent. The file is trusted
until it changes (see lr-loop trust).

Exit codes: 0 written · 2 invalid usage, or lr.yaml exists · 3 the file cannot
be written

  lr-loop init && lr-loop config && lr-loop
`,
  async run({ options, configFiles }, io) {
    const { findFacts } = await import('./find-facts.ts')
    const { composeConfig } = await import('./compose-config.ts')
    const facts = await findFacts(io)
    const text = composeConfig(facts)
    const size = await describeSources(facts.sources, io)
    if (options['dry-run']) await io.stdout.write(text)
    else {
      writeNew(text, io)
      trustNew(text, io)
      const above = configFiles.find(({ origin }) => origin === 'above')
      if (above) io.warn(`${above.path} no longer applies in this folder`)
      io.progress(size)
      for (const line of describeFacts(facts)) io.progress(line)
      io.progress(`${NAME} is written; next: ${nextStep(facts)}`)
    }
    return ExitStatus.Yes
  },
})

/** The check of the loop, the check that would be better if it were installed, and the model. */
function describeFacts({ tests, missing, checkers, keys, hasOllama }: Facts): string[] {
  const [test] = tests
  const [key] = keys
  const checks = test ? `${quoteCommand(test.words)} (${test.because})` : checkers.join(', ') || 'none was found'
  const local = hasOllama ? 'on this machine (Ollama)' : 'no key is set (lr-llm keys list names the variables)'
  return [
    `check: ${checks}`,
    ...missing.map(({ words, needs }) => `check: not ${quoteCommand(words)}: ${needs} is not installed`),
    `model: ${key ? `${key.provider} (its key: ${key.place})` : local}`,
  ]
}

function nextStep({ tests, checkers }: Facts): string {
  return tests.length + checkers.length === 0
    ? 'write the command that checks your work into it (check-command), then lr-loop'
    : 'lr-loop config (validates it), then lr-loop (runs the check, and the model if it fails)'
}

async function describeSources(sources: readonly string[], io: Io): Promise<string> {
  const { measureSources } = await import('../stages/record-sizes.ts')
  const { describeSize } = await import('../progress/describe-event.ts')
  return describeSize(await measureSources(sources, io))
}

/** Not a failure: the file is written, and lr-loop trust reports the problem. */
function trustNew(text: string, io: Io): void {
  try {
    trustFile(join(io.cwd, NAME), text, io.env)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    io.warn(`${NAME} is not trusted yet: ${error.message}`)
  }
}

function writeNew(text: string, { cwd }: Io): void {
  try {
    writeFileSync(join(cwd, NAME), text, { flag: 'wx' })
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new UsageError(`${NAME}: exists already (lr-loop init --dry-run prints a new one)`)
    throw new CommandError(ExitStatus.Failed, `${NAME}: ${reasonOf(error)}`)
  }
}
