import { findKeys } from '@loop-runner/key-shapes'
import type { Draft, Remark } from './draft.ts'

/** A key or token that the present version does not hold (D74). The message does not repeat it. */
export function findSecret({ lines, oldLines = [] }: Draft): Remark | undefined {
  const text = lines.join('\n')
  const oldText = oldLines.join('\n')
  for (const { kind, from, to } of findKeys(text)) {
    if (oldText.includes(text.slice(from, to))) continue
    const line = text.slice(0, from).split('\n').length
    return {
      code: 'secret',
      message: `line ${line} holds what looks like a key (${kind}; read it from the environment)`,
    }
  }
  return undefined
}
