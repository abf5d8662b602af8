import { CommandError, errorCode, reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { OLLAMA_PORT } from '../ollama/ollama-address.ts'

const CERTIFICATE = /CERT|SIGNED|ISSUER|ALTNAME|SELF_SIGNED|UNABLE_TO_VERIFY/
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused (is the server running?)',
  ECONNRESET: 'the connection was closed before an answer came',
  EPIPE: 'the connection was closed while the request was sent',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPROTO: 'it does not speak TLS (should the address begin with http://?)',
}

/** The failure of a connection. @param place the server or proxy */
export function connectionFailure(error: unknown, place: string): CommandError {
  if (error instanceof CommandError) return error
  const code = codeOf(error)
  const refused = /Proxy response \((\d+)\)/.exec(reasonOf(error))?.[1]
  if (refused !== undefined) {
    const kind = refused === '407' ? 'auth' : 'connection'
    return new LlmFailure(kind, `${place}: refused: HTTP ${refused}`, { cause: error })
  }
  if (CERTIFICATE.test(code)) {
    // A certificate for other names is never trusted.
    const hint = /ALTNAME/.test(code) ? '' : ' (--ca-file FILE names one to trust)'
    const message = `${place}: its certificate is not trusted: ${reasonOf(error)}${hint}`
    return new LlmFailure('setup', message, { cause: error })
  }
  if (code === 'ECONNREFUSED' && place.endsWith(`:${OLLAMA_PORT}`)) {
    return new LlmFailure('connection', `${place}: connection refused (start Ollama: ollama serve)`, { cause: error })
  }
  const words = WORDS[code] ?? (code.startsWith('HPE_') ? 'it does not speak HTTP' : reasonOf(error))
  return new LlmFailure('connection', `${place}: ${words}`, { cause: error })
}

/** undici wraps errors of the network in its own. */
function codeOf(error: unknown): string {
  const code = errorCode(error) ?? ''
  const inner = error instanceof Error ? errorCode(error.cause) : undefined
  return code.startsWith('UND_ERR') || code === '' ? (inner ?? code) : code
}
