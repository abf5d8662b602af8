import { resolve } from 'node:path'
import { reasonOf, UsageError, type Values } from '@loop-runner/cli-kit'
import type { REQUEST_OPTIONS, CALL_OPTIONS, TARGET_OPTIONS } from './ask-options.ts'
import { appendText, type BodyField, type CallOptions, type KeySource, readCertificates } from '@loop-runner/llm-client'

type CallValues = Values<typeof CALL_OPTIONS> &
  Values<typeof TARGET_OPTIONS> &
  Pick<Values<typeof REQUEST_OPTIONS>, 'body'>

/**
 * The options of a call to a server.
 *
 * @throws UsageError for a header, a field or a file that cannot be used
 */
export function callOptionsOf(options: CallValues, cwd: string): Omit<CallOptions, 'key'> {
  return {
    headers: headersOfOptions(options),
    fields: options.body.map(parseField),
    limits: {
      connectMs: options['connect-timeout'],
      firstMs: options['first-token-timeout'],
      idleMs: options['idle-timeout'],
    },
    timeoutMs: options.timeout,
    retries: options.retries,
    waitLimitMs: options['wait-limit'],
    onWait: eventWriter(options.events, cwd),
    maxBytes: options['max-answer-bytes'],
    ca: certificatesOf(options, cwd),
  }
}

function eventWriter(path: string | undefined, cwd: string): CallOptions['onWait'] {
  if (path === undefined) return undefined
  return (wait) => appendText(resolve(cwd, path), `${JSON.stringify({ ...wait, time: new Date() })}\n`)
}

export function headersOfOptions({ header }: Pick<CallValues, 'header'>): Readonly<Record<string, string>> {
  return Object.fromEntries(header.map(parseHeader))
}

export function certificatesOf(options: Pick<CallValues, 'ca-file'>, cwd: string): string | undefined {
  return options['ca-file'] === undefined ? undefined : readCertificates(resolve(cwd, options['ca-file']))
}

export function keySourceOf(options: Values<typeof TARGET_OPTIONS>): KeySource {
  return {
    key: options['api-key'],
    env: options['key-env'],
    file: options['key-file'],
    command: options['key-cmd'],
  }
}

function parseHeader(text: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\t\x20-\x7e]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new UsageError('option --header: expected NAME:VALUE, in plain ASCII')
  }
  return [name.toLowerCase(), value]
}

function parseField(field: string): BodyField {
  const [, key = '', json = ''] = /^([^=]+)=(.*)$/s.exec(field) ?? []
  if (key === '') throw new UsageError(`option --body: expected KEY=JSON, not "${field}"`)
  try {
    return { path: key.split('.'), value: json === '' ? undefined : (JSON.parse(json) as unknown) }
  } catch (error) {
    throw new UsageError(`option --body: ${key}: no JSON: ${reasonOf(error)} (strings need quotes)`)
  }
}
