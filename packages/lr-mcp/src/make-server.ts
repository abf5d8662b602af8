import { realpathSync } from 'node:fs'
import { CommandError, ExitStatus, VERSION } from '@loop-runner/cli-kit'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { RootsListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { askForRoots } from './policy/client-roots.ts'
import type { Policy } from './policy/policy.ts'
import type { Programs } from './programs.ts'
import { registerPrompts } from './prompts.ts'
import { registerResources } from './resources.ts'
import { ALL_TOOLS } from './tools/all-tools.ts'
import { reported } from './tools/schemas.ts'
import { type Extra, resultOf, type Session } from './tools/tool.ts'

const INSTRUCTIONS = `Loop Runner runs checks (tests, linters) and lets a model change files until a check passes.
Use "check" to verify work: only its exit code 0 means that the check passes. Use "fix" to let the loop make a check pass; it takes minutes, reports progress and can be cancelled. "show", "diff" and "undo" deal with a loop afterwards.`

/** A server for one client. The programs are shared with other clients. */
export function makeServer(policy: Policy, programs: Programs): McpServer {
  const server = new McpServer(
    { name: 'loop-runner', title: 'Loop Runner', version: VERSION },
    { instructions: INSTRUCTIONS },
  )
  const session = makeSession(server, policy, programs)
  for (const name of policy.tools) registerTool(name, server, session)
  registerResources(server, session)
  registerPrompts(server, session)
  return server
}

function makeSession(server: McpServer, policy: Policy, programs: Programs): Session {
  const root = realpathSync(policy.root)
  let clientRoots: Promise<string[]> | undefined
  server.server.setNotificationHandler(RootsListChangedNotificationSchema, () => void (clientRoots = undefined))
  const rootsOf = async (extra: Extra) => {
    if (server.server.getClientCapabilities()?.roots === undefined) return undefined
    clientRoots ??= askForRoots(extra)
    return clientRoots.catch((error: unknown) => {
      clientRoots = undefined
      throw error
    })
  }
  return {
    policy,
    patterns: policy.allowedChecks,
    programs,
    boundsOf: async (extra) => ({ root, clientRoots: await rootsOf(extra) }),
  }
}

function registerTool(name: keyof typeof ALL_TOOLS, server: McpServer, session: Session): void {
  const { title, description, annotations, input, output, call } = ALL_TOOLS[name]
  // A call that fails early reports its exit code and the error, and nothing else.
  const outputSchema = output().partial().extend({ exitCode: reported.exitCode })
  const schemas = { inputSchema: input(session.policy), outputSchema }
  server.registerTool(name, { title, description, annotations, ...schemas }, async (asked: object, extra: Extra) => {
    try {
      return await call(asked as never, session, extra)
    } catch (error) {
      return failure(error)
    }
  })
}

/** A failure as a result: what is wrong and what to do, and the exit code that the command line would have. */
function failure(error: unknown) {
  const isKnown = error instanceof CommandError
  const message = error instanceof Error ? error.message : String(error)
  return resultOf({ exitCode: isKnown ? error.status : ExitStatus.Bug, error: message }, message)
}
