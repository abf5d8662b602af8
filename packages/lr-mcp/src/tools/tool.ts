import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js'
import type * as z from 'zod'
import type { CheckPattern } from '../policy/allowed-check.ts'
import type { Bounds } from '../policy/bounds.ts'
import type { Policy } from '../policy/policy.ts'
import type { Programs } from '../programs.ts'

export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>

/** What the tools of one client work with: the limits of the user and of the client, and the programs. */
export interface Session {
  readonly policy: Policy
  readonly patterns: readonly CheckPattern[]
  readonly programs: Programs
  /** Asks the client for its roots, if it has any. */
  readonly boundsOf: (extra: Extra) => Promise<Bounds>
}

/** A tool: its schemas, and what it does. The schemas are made when a server starts: they depend on what the user allows. */
export interface Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  readonly title: string
  readonly description: string
  readonly annotations: ToolAnnotations
  readonly input: (policy: Policy) => I
  readonly output: () => O
  /** @throws CommandError for what cannot be done */
  readonly call: (asked: z.infer<I>, session: Session, extra: Extra) => Promise<CallToolResult>
}

/** Gives a tool the types of its schemas. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(tool: Tool<I, O>): Tool {
  return tool
}

/** What every tool reports; further keys are its own. */
export interface Report {
  /** As of the program that ran. */
  readonly exitCode: number
  readonly error?: string | undefined
  readonly [key: string]: unknown
}

/** The result of a tool: an error exactly if the exit code is 2 or more. */
export function resultOf(report: Report, text: string): CallToolResult {
  const kept = Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined))
  return { content: [{ type: 'text', text }], structuredContent: kept, isError: report.exitCode >= 2 }
}
