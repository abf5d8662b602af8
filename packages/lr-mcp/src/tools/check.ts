import { isBlock, isRole, parseStream, writeStream } from '@loop-runner/block-format'
import { errorIn, quoteCommand } from '@loop-runner/cli-kit'
import { contentIn, type Role, ROLE, type RunParts, runsIn } from '@loop-runner/stage-protocol'
import * as z from 'zod'
import { checkOf, contextOf, pathsIn } from './call-context.ts'
import { reportProgress } from './progress.ts'
import { check, directory, lines, optionInput, reported } from './schemas.ts'
import { defineTool, resultOf } from './tool.ts'

const input = () =>
  z.strictObject({
    directory,
    check,
    sources: lines('files and folders that are checked, relative to the directory').optional(),
    strict: optionInput.flag('lr-check', 'strict'),
    timeout: optionInput.seconds('lr-check', 'timeout'),
  })

const Run = z.object({
  command: z.string(),
  outcome: z.string().describe('pass, fail, error, missing, timeout, killed or none'),
  status: z.number().int().optional(),
  score: z.number().optional(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
  findings: z.string().optional().describe('path:line:col: severity code message, one per line'),
})

const output = () =>
  z.object({
    ...reported,
    passed: z.boolean(),
    check: z.string().optional().describe('the command that ran'),
    notice: z.string().optional(),
    runs: z.array(Run),
  })

export const checkTool = defineTool({
  title: 'Run a check',
  description:
    'Runs a check command that the user has allowed (tests, linters) and reports whether it passes, by the rules of the test runner and not by its exit code alone. Use it to verify work: only exit code 0 means that the check passes.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input,
  output,
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const command = checkOf(asked.check, context, session)
    const options = [
      ...context.configuration.args,
      '--findings',
      ...(asked.strict === true ? ['--strict'] : []),
      ...(asked.timeout === undefined ? [] : [`--timeout=${asked.timeout}`]),
    ]
    const args = [...options, ...pathsIn(context, asked.sources), ...(command === undefined ? [] : ['--', ...command])]
    const progress = reportProgress(extra)
    progress.tell(command === undefined ? 'check of lr.yaml' : quoteCommand(command))
    try {
      const { status, stdout, stderr } = await session.programs.runJob({
        name: 'lr-check',
        args,
        cwd: context.folder,
        signal: extra.signal,
      })
      const parts = parseStream(stdout).filter((part) => isBlock(part) && (part.name === ROLE.run || isRole(part.name)))
      const report = {
        exitCode: status,
        error: status >= 2 ? errorIn(stderr) || 'inconclusive: see the outcome of each run' : undefined,
        passed: status === 0,
        check: command && quoteCommand(command),
        notice: context.configuration.notice,
        runs: runsIn(parts).map(describeRun),
      }
      const headline =
        status === 0 ? 'The check passes.' : status === 1 ? 'The check fails.' : `No result: ${report.error}`
      return resultOf(report, [headline, report.notice, writeStream(parts)].filter(Boolean).join('\n\n'))
    } finally {
      progress.end()
    }
  },
})

function describeRun(run: RunParts): z.infer<typeof Run> {
  const text = (role: Role) => contentIn(run, role)?.trimEnd() || undefined
  const number = (role: Role) => {
    const content = text(role)
    return content === undefined ? undefined : Number.parseFloat(content)
  }
  return {
    command: run.command.trimEnd(),
    outcome: text(ROLE.outcome) ?? 'none',
    status: number(ROLE.status),
    score: number(ROLE.score),
    stdout: text(ROLE.stdout),
    stderr: text(ROLE.stderr),
    findings: text(ROLE.findings),
  }
}
