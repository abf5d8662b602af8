import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, Hono } from 'hono'
import type { Io } from '@loop-runner/cli-kit'
import type { Door } from './check-request.ts'
import type { Policy } from './run-request.ts'
import type { RunStarter } from './run-starter.ts'

interface Environment {
  readonly Bindings: HttpBindings
  readonly Variables: { body: string }
}
export type App = Hono<Environment>
/** A request, with its body in the variable `body`. */
export type Exchange = HonoContext<Environment>

/** What the routes work with. */
export interface Context {
  /** Real path; folders outside it are neither shown nor worked in. */
  readonly root: string
  readonly door: Door
  readonly policy: Policy
  readonly starter: RunStarter
  readonly io: Io
  /** Aborted when the server stops. */
  readonly signal: AbortSignal
}

/** Whether the client asks for a page rather than for data. */
export function isPage({ headers }: Pick<Request, 'headers'>): boolean {
  return (headers.get('accept') ?? '').includes('text/html')
}
