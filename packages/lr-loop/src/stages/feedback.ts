import type { Reply } from '@loop-runner/stop-rules'
import { ROLE, writeRole } from '@loop-runner/stage-protocol'

/** The limit for quoting the text of the model in the next prompt. */
const MAX_QUOTE_LENGTH = 600

const FRUITLESS = {
  nothing:
    'your last reply held no new version of any file, and the check still fails: send every file that you change in a block under its path, in the form described below',
  unchanged:
    'every file in your last reply equals the file as it is now, and the check still fails: change what makes it fail',
  blocked:
    'your last reply said that it cannot be done: look once more for a way within the files that you may change; if there is still no way, say so again',
  declared:
    'your last reply declared that nothing is left to improve, but the check still fails: fix what fails, or explain what makes that impossible',
  incomplete:
    'your last reply was incomplete (truncated, empty or refused), so nothing of it was used: send fewer or shorter files at a time',
} as const

const FRUITLESS_OF_AGENT = {
  nothing: 'your last run changed none of the files that may change, and the check still fails: edit them in place',
  unchanged: 'your last run left the files as they were, and the check still fails: edit them in place',
} as const

/**
 * Blocks for the next prompt that answer a reply: the reasons for which versions were refused, or why the reply brought
 * nothing. A reply that changed something is answered by the next check.
 *
 * @param rejected the reasons that the apply stage gave, one block content each
 * @param isAgent whether an agent edited the files, in place of a reply
 */
export function writeFeedback(
  { kind, declared }: Reply,
  rejected: readonly string[],
  explanation: string,
  isAgent: boolean,
): string {
  const blocks = rejected.map((content) => writeRole(ROLE.rejected, content))
  const fruitless = fruitlessKind(kind, declared)
  if (fruitless === undefined) return blocks.join('')
  const quote = explanation.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_QUOTE_LENGTH)
  const texts = isAgent ? { ...FRUITLESS, ...FRUITLESS_OF_AGENT } : FRUITLESS
  const own = quote === '' ? '' : `\n-: you wrote: ${quote}`
  return [...blocks, writeRole(ROLE.rejected, `-: ${texts[fruitless]}${own}\n`)].join('')
}

function fruitlessKind(kind: Reply['kind'], declared: boolean): keyof typeof FRUITLESS | undefined {
  if (kind === 'incomplete') return 'incomplete'
  if (kind === 'changed' || kind === 'asked') return undefined
  if (kind === 'blocked') return 'blocked'
  if (declared) return 'declared'
  return kind === 'rejected' ? undefined : kind
}
