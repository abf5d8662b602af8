import type { Finding, Reply, ReplyContext } from '../reply.ts'
import { isDeclaration } from './declared.ts'
import { normaliseReply } from './normalise-reply.ts'
import { readReply } from './read-reply.ts'
import { joinLines, linesOf } from '../text-lines.ts'
import { saysCutOff, splitUsage } from './usage-block.ts'

const REASONING = /^\s*<(think|thinking|thought|reasoning)>[^]*?<\/\1>[ \t]*\n?/i

/** Takes a whole reply as the new version of one file. A reply that is a block for that file is read as such. */
export function readTextReply(reply: string, path: string, context: ReplyContext): Reply {
  const { text, usage } = splitUsage(reply)
  const normal = normaliseReply(text)
  const body = normal.text.replace(REASONING, '')
  if (/^\s*<{4,} /.test(body)) return readReply(reply, context)
  const lines = linesOf(trimBlankEdges(body))
  const declared = isDeclaration(lines.at(-1) ?? '') ? lines.pop()?.trim() : undefined
  const content = joinLines(linesOf(trimBlankEdges(joinLines(lines))))
  const rejected: Finding[] = []
  if (usage !== undefined && saysCutOff(usage)) {
    rejected.push({ code: 'cut-off', path, message: 'the reply was cut off (send a shorter version, whole)' })
  }
  const blocks = content === '' ? [] : [{ name: path, line: 1, content, lacksFinalNewline: false }]
  const texts = { explanation: '', fullExplanation: '', declared }
  return { blocks, show: [], blocked: undefined, ...texts, usage, noted: normal.noted, rejected }
}

function trimBlankEdges(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}
