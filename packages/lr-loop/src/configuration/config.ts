import { type Call, defineCommand, ExitStatus, type Io, type OptionTable, readCatalogue } from '@loop-runner/cli-kit'

const OPTIONS = {
  schema: {
    type: 'flag',
    describe: 'print the JSON Schema of lr.yaml, from which editors complete and check it',
    commandLineOnly: true,
  },
} as const satisfies OptionTable

export const config = defineCommand({
  usage: '[options]',
  summary: 'Judge lr.yaml for every program and profile, and print what is set and where.',
  options: OPTIONS,
  needs: 'nothing',
  details: `
Every program judges its own section when it starts. This judges all of them,
all profiles, and your own file (config.yaml in ~/.config/loop-runner), and says
all that is wrong at once. Where nothing is, it prints what differs from the
defaults, by program, in the form of lr.yaml; behind each value stands where it
comes from. What is stronger comes first in this list: command line,
environment, the profile, lr.yaml, your own file, default.

Exit status: 0 nothing is wrong · 2 something is

  lr-loop config --profile fast
  lr-loop config --schema > .lr.schema.json
`,
  async run(call, io) {
    if (call.options.schema) return (await import('./print-schema.ts')).printSchema(readCatalogue(), io)
    return judgeAndShow(call, io)
  },
})

async function judgeAndShow(call: Call<typeof OPTIONS>, io: Io): Promise<number> {
  const catalogue = readCatalogue()
  const { findProblems } = await import('./find-problems.ts')
  const problems = await findProblems(call, catalogue, io)
  for (const problem of problems) await io.stderr.write(`lr-loop: ${problem}\n`)
  if (problems.length > 0) return ExitStatus.Usage
  const { writeSettings } = await import('./write-settings.ts')
  await io.stdout.write(writeSettings(call.configFiles, catalogue, io.env))
  return ExitStatus.Yes
}
