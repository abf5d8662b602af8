import {
  type Call,
  defineCommand,
  ExitStatus,
  type Io,
  type OptionTable,
  readCatalogue,
  visibleText,
} from '@loop-runner/cli-kit'

const OPTIONS = {
  schema: {
    type: 'flag',
    describe: 'print the JSON Schema of lr.yaml, for editors',
    commandLineOnly: true,
  },
} as const satisfies OptionTable

export const config = defineCommand({
  usage: '[options]',
  summary: 'Validate lr.yaml for every program and profile, and print the settings.',
  options: OPTIONS,
  needs: 'nothing',
  details: `
Every program validates its own section when it starts. This command validates
all sections, all profiles and your own file, ~/.config/loop-runner/config.yaml,
and reports all problems at once. Without problems it prints the settings that
differ from the defaults, by program, each with its origin. Precedence: command
line, environment, profile, lr.yaml, your own file, default.

Exit codes: 0 valid · 2 problems were found

  lr-loop config --profile fast
  lr-loop config --schema > .lr.schema.json
`,
  async run(call, io) {
    if (call.options.schema) return (await import('./print-schema.ts')).printSchema(readCatalogue(), io)
    return validateAndShow(call, io)
  },
})

async function validateAndShow(call: Call<typeof OPTIONS>, io: Io): Promise<number> {
  const catalogue = readCatalogue()
  const { findProblems } = await import('./find-problems.ts')
  const problems = await findProblems(call, catalogue, io)
  for (const problem of problems) await io.stderr.write(visibleText(`lr-loop: ${problem}\n`))
  if (problems.length > 0) return ExitStatus.Usage
  const { writeSettings } = await import('./write-settings.ts')
  await io.stdout.write(visibleText(writeSettings(call.configFiles, catalogue, io.env)))
  return ExitStatus.Yes
}
