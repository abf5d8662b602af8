import type { Readable } from 'node:stream'
import type { HttpRequest } from './http-call.ts'
import type { PhaseLimits } from './phase-limits.ts'

/** A response before its body is read. */
export interface RawResponse {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: Readable
}

/** What a request needs besides itself. */
export interface TransportOptions {
  /** Notified when the connection is made; its signal ends the request. */
  readonly limits: PhaseLimits
  /** Certificates to trust instead of Node's own list, PEM. */
  readonly ca: readonly string[] | undefined
  /** The proxy to use, if any. */
  readonly proxy: URL | undefined
}

/** Sends requests. Redirects are not followed, and nothing is retried. */
export interface Transport {
  /** Rejects with the error of the network. */
  send(request: HttpRequest, options: TransportOptions): Promise<RawResponse>
}
