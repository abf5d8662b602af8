// Runs the published conformance tests for MCP servers against lr-mcp, over HTTP, as far as they apply (docs/mcp.md).
// Fetches the tests by npx.
//
//   pnpm build && tsx --conditions=source scripts/sweep/conformance-mcp.ts
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { root } from '../programs.ts'

/** The last version that runs on Node 20. */
const TESTS = '@modelcontextprotocol/conformance@0.1.10'
/** The other scenarios call tools, resources and prompts of the tests' own server, or features that lr-mcp does not declare. */
const SCENARIOS = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
  'server-sse-multiple-streams',
]

const folder = mkdtempSync(join(tmpdir(), 'lr-conformance-'))
const server = execa(join(root, 'bin/lr-mcp'), ['--http=0', '--allow-check=true', '-C', folder], {
  env: { HOME: folder },
  stderr: 'inherit',
  reject: false,
})
const url = await new Promise<string>((resolve) => createInterface({ input: server.stdout }).once('line', resolve))
const failed: string[] = []
for (const scenario of SCENARIOS) {
  const args = ['-y', TESTS, 'server', '--url', url, '--scenario', scenario]
  const { exitCode, all } = await execa('npx', args, { cwd: folder, reject: false, all: true })
  const passed = exitCode === 0 && /Passed: (\d+)\/\1, 0 failed/.test(all)
  console.log(`${scenario}: ${passed ? 'passed' : 'FAILED'}`)
  if (!passed) {
    failed.push(scenario)
    console.log(all)
  }
}
server.kill('SIGTERM')
await server
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed.length === 0 ? 0 : 1
