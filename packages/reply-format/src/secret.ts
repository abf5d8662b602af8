import type { Draft, Remark } from './draft.ts'

const SECRETS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\bsk-(?:ant-|proj-|or-v1-)?[A-Za-z0-9_-]{20,}/,
  /\bgsk_[A-Za-z0-9]{30,}/,
  /\bpplx-[A-Za-z0-9]{30,}/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{50,}/,
  /\bglpat-[\w-]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[\w-]{35}\b/,
  /\bxox[abprs]-[\w-]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
]

/** A key or token that the present version does not hold (D74). The message does not repeat it. */
export function findSecret({ lines, oldLines }: Draft): Remark | undefined {
  const index = lines.findIndex((line) => SECRETS.some((secret) => secret.test(line)) && !oldLines?.includes(line))
  if (index < 0) return undefined
  return {
    code: 'secret',
    message: `line ${index + 1} holds what looks like a key or a token (read it from the environment)`,
  }
}
