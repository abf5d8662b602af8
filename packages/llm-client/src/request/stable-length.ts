import { isBlock, parseStream, writeStream } from '@loop-runner/block-format'
import { REFERENCE_SENTENCE } from '@loop-runner/stage-protocol'

/** How many characters at the beginning of a prompt are read-only files, which are the same in each prompt of a run. */
export function stableLength(prompt: string): number {
  if (!prompt.startsWith(`${REFERENCE_SENTENCE}\n`)) return 0
  try {
    const [first, ...parts] = parseStream(prompt)
    const end = parts.findIndex((part) => !isBlock(part))
    const stable = first ? writeStream([first, ...(end < 0 ? parts : parts.slice(0, end))]) : ''
    return prompt.startsWith(stable) ? stable.length : 0
  } catch {
    // A prompt of other origin, which is no stream.
    return 0
  }
}
