import type { Finding, ReplyBlock } from '../reply.ts'
import { isDeclaration } from '../reading/declared.ts'
import { isProse } from '../file-kind.ts'
import { resemblesWhole } from '../resembles.ts'
import { joinLines } from '../text-lines.ts'
import type { FenceVersion } from './fence-version.ts'
import { textAt } from './outside-line.ts'
import { fitOf, isRunTag } from './languages.ts'
import { announcesChange, announcesVersion, mayAnnounceVersion } from './path-label.ts'
import type { Around, Foreign } from './read-foreign.ts'

const FENCE = /^ {0,3}(?:`{3}|~{3})/m

/** What becomes of a fence: it is a version, it is explanation, or it is refused for a reason. */
type Verdict = 'version' | 'text' | Pick<Finding, 'code' | 'message'>

/** Decides which fences are whole new versions of files. */
export function chooseVersions(fences: readonly FenceVersion[], edits: readonly ReplyBlock[], around: Around): Foreign {
  const blocks: ReplyBlock[] = []
  const noted: Finding[] = []
  const rejected: Finding[] = []
  const taken = new Set<number>()
  const unnamed = new Set<number>()
  for (const [one, verdict] of verdictsOf(fences, edits, around)) {
    const line = one.fence.open.index + 1
    if (verdict === 'version') {
      blocks.push(toBlock(one, around))
      noted.push({ code: 'fence-version', path: one.name, line, message: 'a fence is taken as the whole new version' })
      for (const index of linesOfVersion(one)) {
        taken.add(index)
        if (one.name === undefined) unnamed.add(index)
      }
    } else if (verdict !== 'text') rejected.push({ ...verdict, path: one.name, line })
  }
  return { blocks, noted, rejected, taken, unnamed }
}

function verdictsOf(
  fences: readonly FenceVersion[],
  edits: readonly ReplyBlock[],
  around: Around,
): ReadonlyMap<FenceVersion, Verdict> {
  const verdicts = new Map<FenceVersion, Verdict>()
  for (const one of fences) if (one.name !== undefined) verdicts.set(one, ofNamed(one, one.name, fences, around))
  const hasParts = around.blocks.length + edits.length > 0 || [...verdicts.values()].includes('version')
  const nameless = fences.filter(({ name, language }) => name === undefined && !isRunTag(language))
  for (const one of nameless)
    verdicts.set(one, ofNameless(one, one === nameless[0] ? nameless.length : 0, hasParts, around))
  return verdicts
}

function toBlock(one: FenceVersion, around: Around): ReplyBlock {
  const { fence, name = '', language } = one
  const dropsComment = one.hasComment && !startsAlike(one, name, around)
  const lines = fence.lines.slice(dropsComment ? 1 : 0).map(({ text }) => text)
  const origin = { language, isNamed: name !== '' }
  return { name, line: fence.open.index + 1, content: joinLines(lines), lacksFinalNewline: false, fence: origin }
}

/** The lines that are not explanation. */
function linesOfVersion({ fence, labelIndex }: FenceVersion): number[] {
  const indices = Array.from({ length: fence.to - fence.open.index + 1 }, (_, count) => fence.open.index + count)
  return labelIndex === undefined ? indices : [...indices, labelIndex]
}

/** Whether the present version begins with the comment that names the file. */
function startsAlike({ fence }: FenceVersion, name: string, around: Around): boolean {
  const first = textAt(fence.lines, 0).trim()
  return `${oldText(name, around)}\n`.startsWith(`${first}\n`)
}

/** The present version of a file; empty if not found. */
function oldText(name: string, { context }: Around): string {
  return context.textOf?.(name) ?? ''
}

function ofNamed(one: FenceVersion, name: string, fences: readonly FenceVersion[], around: Around): Verdict {
  const isText = one.isUnchanged || isQuotation(one, name, around) || isRun(one, name) || isExcerpt(one, name, around)
  return isText || isOldBesideNew(one, name, fences, around)
    ? 'text'
    : (ofBeside(one, name, fences, around) ?? ofSingle(one, name, fences, around))
}

function isRun({ language }: FenceVersion, name: string): boolean {
  return isRunTag(language) && fitOf(language, name) !== 'same'
}

/** What becomes of a fence with a name, whatever else the reply has. */
function ofSingle(one: FenceVersion, name: string, fences: readonly FenceVersion[], around: Around): Verdict {
  const { fence, language, by } = one
  if (!fence.close) return UNCLOSED
  if (one.otherName !== undefined) return refuse(`two different names: ${name} and ${one.otherName}`)
  if (fitOf(language, name) === 'other') return refuse(`a fence of ${language}, which is not the language of ${name}`)
  if (by === 'sentence' && !isAnnounced(one, name, around))
    return refuse('it is unclear whether this is the whole file')
  const isNameless = (other: FenceVersion) => other.name === undefined && other.fence.open.index > fence.open.index
  const isCutShort = isProse(name) && fences.some(isNameless)
  if (!isLonger(one, name, around) && (isCutShort || holdsFence(name, around)))
    return refuse('the file has fences itself, so that its end is unclear')
  return 'version'
}

/** Whether a sentence, and where it leaves that open the lines, tell that a fence is the whole file. */
function isAnnounced(one: FenceVersion, name: string, around: Around): boolean {
  if (announcesVersion(one.before)) return true
  return mayAnnounceVersion(one.before) && resemblesWhole(textOf(one), oldText(name, around))
}

const UNCLOSED: Verdict = {
  code: 'unclosed',
  message: 'the fence is never closed: the reply was cut off (send this file again, whole)',
}

/** What becomes of a fence in a reply that has blocks of ours. */
function ofBeside(
  one: FenceVersion,
  name: string,
  fences: readonly FenceVersion[],
  around: Around,
): Verdict | undefined {
  const isKnown = around.context.isKnown(name)
  if (around.blocks.length > 0) {
    const isShown = around.blocks.some((block) => block.name === name || block.name.endsWith(`/${name}`))
    const isIllustration = isShown || one.by === 'sentence' || (one.by === 'comment' && !isKnown)
    return isIllustration ? 'text' : refuse('a fence in a reply that has blocks')
  }
  const hasOther = fences.some(
    (other) => other !== one && other.name !== undefined && other.by !== 'comment' && other.by !== 'sentence',
  )
  return hasOther && (one.by === 'sentence' || (one.by === 'comment' && !isKnown)) ? 'text' : undefined
}

/** @param count of such fences, 0 for all but the first: several are refused once */
function ofNameless(one: FenceVersion, count: number, hasParts: boolean, around: Around): Verdict {
  const isPhrase = one.fence.lines.every(({ text }) => text.trim() === '' || isDeclaration(text))
  if (around.blocks.length > 0 || isCitation(one) || isPhrase) return 'text'
  if (hasParts) return announcesChange(one.before) ? refuse('a change without the path of its file') : 'text'
  if (count === 0) return 'text'
  if (!one.fence.close) return UNCLOSED
  if (count > 1) return refuse('several fences without the paths of their files')
  return EXAMPLE.test(one.before) ? refuse('it is unclear whether this is the new version of the file') : 'version'
}

/** A sentence in front of code that is not to be saved. */
const EXAMPLE = /\b(?:for example|examples?|usage|output|(?:use|test|try|call|run|verify) (?:it|this|them|that))\b/i

function textOf({ fence }: FenceVersion): string {
  return joinLines(fence.lines.map((line) => line.text))
}

/** Whether a fence shows the file as it is, and another one a version of it. */
function isOldBesideNew(one: FenceVersion, name: string, fences: readonly FenceVersion[], around: Around): boolean {
  const isAsItIs = textOf(one).trim() === oldText(name, around).trim()
  return isAsItIs && fences.some((other) => other !== one && other.name === name)
}

/** Whether the lines are a part of the file as it is: a quotation. */
function isExcerpt(one: FenceVersion, name: string, around: Around): boolean {
  const old = oldText(name, around)
  const text = textOf(one)
  if (text === '' || old.trim() === text.trim() || !`\n${old}`.includes(`\n${text}`)) return false
  // The beginning of a file may be its new version, or all that is left of one.
  return !old.startsWith(text) || (2 * text.length < old.length && !FENCE.test(old))
}

/** ```12:15:src/a.ts quotes lines of a file. */
function isCitation({ fence }: FenceVersion): boolean {
  return /^\d+:\d+:/.test(fence.info)
}

/** A citation of lines that are there; with other lines it is a change. */
function isQuotation(one: FenceVersion, name: string, { context }: Around): boolean {
  const isThere = (text: string) => text.trim() === '' || /^\W*\.{3}\W*$/.test(text) || context.holdsLine(name, text)
  return isCitation(one) && (!context.isKnown(name) || one.fence.lines.every(({ text }) => isThere(text)))
}

/** Whether no fence in either version can end this one: it has more signs, or others. */
function isLonger({ fence: { open, lines } }: FenceVersion, name: string, around: Around): boolean {
  const sign = open.text.replace(/^[^`~]*(`+|~+).*$/, '$1')
  const texts = [...lines.map(({ text }) => text), ...oldText(name, around).split('\n')]
  const inner = texts.flatMap((text) => /^\s*(`{3,}|~{3,})/.exec(text)?.[1] ?? [])
  return inner.length > 0 && inner.every((other) => !other.startsWith(sign))
}

function holdsFence(name: string, around: Around): boolean {
  return FENCE.test(oldText(name, around))
}

function refuse(problem: string): Verdict {
  return {
    code: 'fence-unclear',
    message: `${problem} (write <<<< path/of/file <<<<, the lines of the whole file, >>>>>>>>)`,
  }
}
