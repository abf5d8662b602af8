import { CommandError } from '@loop-runner/cli-kit'
import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import { contextOf } from './tools/call-context.ts'
import { diffOfRun } from './tools/diff.ts'
import { listRuns, loadRun } from './tools/run-data.ts'
import type { Extra, Session } from './tools/tool.ts'

const MAX_LISTED = 50
const KINDS = {
  report: { mimeType: 'text/markdown', title: 'Report of a loop', read: readReport },
  diff: { mimeType: 'text/x-diff', title: 'Changes of a loop', read: readDiff },
} as const

/** `run://NAME/report` and `run://NAME/diff`. */
export function registerResources(server: McpServer, session: Session): void {
  for (const [kind, { mimeType, title, read }] of Object.entries(KINDS)) {
    const list = async (extra: Extra) => ({
      resources: (await runsFor(session, extra)).map(({ run, state }) => ({
        uri: `run://${run}/${kind}`,
        name: `${kind} of ${run}`,
        description: state,
        mimeType,
      })),
    })
    const template = new ResourceTemplate(`run://{run}/${kind}`, { list })
    server.registerResource(kind, template, { title, mimeType }, async (uri, { run }, extra) => {
      try {
        const text = await read(String(run), session, extra)
        return { contents: [{ uri: uri.href, mimeType, text }] }
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        throw new McpError(ErrorCode.InvalidParams, error.message)
      }
    })
  }
}

async function runsFor(session: Session, extra: Extra) {
  const context = await contextOf(undefined, session, extra)
  return (await listRuns(context, session, extra.signal)).slice(0, MAX_LISTED)
}

async function readReport(run: string, session: Session, extra: Extra): Promise<string> {
  const context = await contextOf(undefined, session, extra)
  const data = await loadRun(run, context, session, extra.signal)
  const args = [...context.configuration.args, '--format=markdown', data.run]
  return session.programs.read({ name: 'lr-view', args, cwd: context.folder, signal: extra.signal })
}

async function readDiff(run: string, session: Session, extra: Extra): Promise<string> {
  const context = await contextOf(undefined, session, extra)
  const loaded = await loadRun(run, context, session, extra.signal)
  return diffOfRun(loaded.run, context, session, extra.signal)
}
