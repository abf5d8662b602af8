import { basename } from 'node:path'
import type { Finding } from '@loop-runner/checkers'
import { quoteCommand } from '@loop-runner/cli-kit'
import type { Run } from '../running/run-plan.ts'

/** Runs as a SARIF 2.1.0 log: one run each, with its findings as results. */
export function writeSarif(runs: readonly Run[]): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: runs.map(({ plan, status, outcome, findings = [] }) => ({
      tool: { driver: { name: plan.builtIn ?? basename(plan.argv[0] ?? ''), rules: rulesOf(findings) } },
      invocations: [
        {
          commandLine: quoteCommand(plan.argv),
          exitCode: status,
          executionSuccessful: outcome === 'pass' || outcome === 'fail',
        },
      ],
      results: findings.map(toResult),
    })),
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function rulesOf(findings: readonly Finding[]): { id: string }[] {
  return [...new Set(findings.map(({ code }) => code))].filter((code) => code !== '').map((id) => ({ id }))
}

function toResult({ path, line, column, severity, code, message }: Finding) {
  const region = line === undefined ? undefined : { startLine: line, startColumn: column }
  return {
    ...(code === '' ? {} : { ruleId: code }),
    level: severity,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(path) }, region } }],
  }
}
