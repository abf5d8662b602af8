import type { Finding, Reply, ReplyBlock, ReplyContext } from '../reply.ts'
import type { OutsideLine } from '../foreign/outside-line.ts'
import { type Foreign, readForeign } from '../foreign/read-foreign.ts'
import { findUnreadChange } from '../foreign/unread-change.ts'
import { hasBetween } from './fences.ts'
import { normaliseReply } from './normalise-reply.ts'
import { ReplyLines } from './reply-lines.ts'
import { readRequest } from './read-request.ts'
import type { ReplyParts } from './reply-parts.ts'
import { ReplyReader } from './reply-reader.ts'
import { saysCutOff, splitUsage } from './usage-block.ts'

/**
 * Takes a model's reply apart: docs/format.md read tolerantly, by the catalogue in deviations.ts. Pure, never
 * throws, and linear in the length of the reply. What is doubtful is rejected; nothing is guessed.
 */
export function readReply(reply: string, context: ReplyContext): Reply {
  const { text, usage: atEnd } = splitUsage(reply)
  const normal = normaliseReply(text)
  const reader = new ReplyReader(new ReplyLines(normal.text), context)
  reader.read()
  const { parts } = reader
  const usage = atEnd ?? parts.usage
  const noted: Finding[] = [...normal.noted, ...parts.noted]
  const rejected: Finding[] = [...parts.rejected]
  if (usage !== undefined && saysCutOff(usage)) {
    rejected.push({
      code: 'cut-off',
      message: 'the reply was cut off (send fewer files in a reply, each of them whole)',
    })
  }
  const foreign = readForeign(parts.outside, {
    blocks: parts.blocks,
    isApart: (from, to) => hasBetween(parts.openers, from, to),
    context,
  })
  const { explanation, fullExplanation, declared } = explain(parts, foreign)
  const chosen = choose(parts, foreign, rejected.length === 0 && !declared, normal.text)
  const { blocks, show } = chosen
  const isProse = blocks.length + show.length + rejected.length + chosen.rejected.length === 0
  const blocked = parts.blocked ?? (isProse ? blockedLine(fullExplanation) : undefined)
  noted.push(...chosen.noted)
  rejected.push(...chosen.rejected)
  const isAnswer = blocks.length > 0 || show.length > 0 || blocked !== undefined
  if (!isAnswer && rejected.length === 0) {
    const unread = findUnreadChange(linesNotTaken(parts, foreign), context)
    if (unread) rejected.push(unread)
    else noted.push(withoutBlocks(text))
  }
  return { blocks, show, blocked, explanation, fullExplanation, declared, usage, noted, rejected }
}

/** The reason in a last line `blocked: REASON`, which stands for the block. */
function blockedLine(explanation: string): string | undefined {
  return /(?:^|\n)blocked: +(\S[^\n]*)$/i.exec(explanation.trimEnd())?.[1]
}

/** The versions; or, of a reply without a version, the files that it asks for. */
function choose(
  { blocks, show, blocked }: ReplyParts,
  foreign: Foreign,
  mayAsk: boolean,
  text: string,
): Pick<Reply, 'blocks' | 'show' | 'noted' | 'rejected'> {
  const isOther = blocked !== undefined || blocks.length + show.length > 0 || foreign.blocks.some(isNamed)
  const request = mayAsk && !isOther ? readRequest(text) : []
  if (request.length > 0) return { blocks, show: request, noted: [], rejected: [] }
  const all = foreign.blocks.length === 0 ? blocks : [...blocks, ...foreign.blocks]
  return { blocks: all, show, noted: foreign.noted, rejected: foreign.rejected }
}

/** A fence whose file is not named may hold paths. */
function isNamed({ fence }: ReplyBlock): boolean {
  return fence?.isNamed !== false
}

function linesNotTaken({ outside }: ReplyParts, { taken }: Foreign): OutsideLine[] {
  return outside.lines().filter(({ index }) => !taken.has(index))
}

/** The text outside blocks without the changes in it. */
function explain(
  { outside, openers }: ReplyParts,
  { taken, unnamed }: Foreign,
): Pick<Reply, 'explanation' | 'fullExplanation' | 'declared'> {
  const named = new Set([...taken].filter((index) => !unnamed.has(index)))
  if (named.size > 0) outside.drop(named)
  const { explanation: fullExplanation, declared } = outside.read(openers)
  if (unnamed.size === 0) return { explanation: fullExplanation, fullExplanation, declared }
  outside.drop(unnamed)
  return { explanation: outside.read(openers).explanation, fullExplanation, declared }
}

function withoutBlocks(text: string): Finding {
  if (text.trim() === '') return { code: 'empty-reply', message: 'the reply is empty' }
  return { code: 'no-blocks', message: 'the reply holds no new versions' }
}
