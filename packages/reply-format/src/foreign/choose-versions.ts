import type { Finding, ReplyBlock } from '../reply.ts'
import { isDeclaration } from '../reading/declared.ts'
import { isProse } from '../file-kind.ts'
import { joinLines } from '../text-lines.ts'
import type { FenceVersion } from './fence-version.ts'
import { fitOf, isRunTag } from './languages.ts'
import { announcesChange, announcesVersion } from './path-label.ts'
import type { Around, Foreign } from './read-foreign.ts'

const FENCE = /^ {0,3}(?:`{3}|~{3})/m

/** What becomes of a fence: it is a version, it is explanation, or it is refused for a reason. */
type Verdict = 'version' | 'text' | Pick<Finding, 'code' | 'message'>

/** Decides which fences are whole new versions of files. */
export function chooseVersions(fences: readonly FenceVersion[], edits: readonly ReplyBlock[], around: Around): Foreign {
  const blocks: ReplyBlock[] = []
  const noted: Finding[] = []
  const rejected: Finding[] = []
  const taken: number[] = []
  const verdicts = new Map<FenceVersion, Verdict>()
  for (const one of fences) if (one.name !== undefined) verdicts.set(one, ofNamed(one, one.name, fences, around))
  const hasParts = around.blocks.length + edits.length > 0 || [...verdicts.values()].includes('version')
  const nameless = fences.filter(({ name, language }) => name === undefined && !isRunTag(language))
  for (const one of nameless) verdicts.set(one, ofNameless(one, nameless.length, hasParts, around))
  for (const [one, verdict] of verdicts) {
    const { fence } = one
    const line = fence.open.index + 1
    if (verdict === 'text') continue
    if (verdict !== 'version') {
      const isSaid = one.name === undefined && rejected.some(({ message }) => message === verdict.message)
      if (!isSaid) rejected.push({ ...verdict, path: one.name, line })
      continue
    }
    const dropsComment = one.hasComment && !startsAlike(one, around)
    const lines = fence.lines.slice(dropsComment ? 1 : 0).map(({ text }) => text)
    const origin = { language: one.language, isNamed: one.name !== undefined }
    blocks.push({ name: one.name ?? '', line, content: joinLines(lines), lacksFinalNewline: false, fence: origin })
    noted.push({ code: 'fence-version', path: one.name, line, message: 'a fence is taken as the whole new version' })
    // A fence without a name and a tag may turn out to be an output, which the explanation keeps.
    if (one.name === undefined && one.language === '') continue
    taken.push(...[fence.open, ...fence.lines].map(({ index }) => index), Number(fence.close?.index))
    if (one.labelIndex !== undefined) taken.push(one.labelIndex)
  }
  return { blocks, noted, rejected, taken: new Set(taken) }
}

/** Whether the present version begins with the comment that names the file. */
function startsAlike({ name, fence }: FenceVersion, { context }: Around): boolean {
  const old = name === undefined ? undefined : context.textOf?.(name)
  return old !== undefined && old.split(/\r?\n/, 1)[0]?.trim() === fence.lines[0]?.text.trim()
}

function ofNamed(one: FenceVersion, name: string, fences: readonly FenceVersion[], around: Around): Verdict {
  const { fence, language, by } = one
  if (one.isUnchanged || isCitation(one)) return 'text'
  const fit = fitOf(language, name)
  if (fit !== 'same' && isRunTag(language)) return 'text'
  if (isExcerpt(one, name, around)) return 'text'
  const beside = ofBeside(one, name, fences, around)
  if (beside) return beside
  if (!fence.close)
    return {
      code: 'unclosed',
      message: 'the fence is never closed: the reply was cut off (send this file again, whole)',
    }
  if (one.otherName !== undefined) return refuse(`two different names: ${name} and ${one.otherName}`)
  if (fit === 'other') return refuse(`a fence of ${language}, which is not the language of ${name}`)
  if (by === 'sentence' && !announcesVersion(one.before)) return refuse('it is unclear whether this is the whole file')
  const isCutShort =
    isProse(name) && fences.some((other) => other.name === undefined && other.fence.open.index > fence.open.index)
  if (isCutShort || holdsFence(name, around)) return refuse('the file has fences itself, so that its end is unclear')
  return 'version'
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

function ofNameless(one: FenceVersion, count: number, hasParts: boolean, around: Around): Verdict {
  const isPhrase = one.fence.lines.every(({ text }) => text.trim() === '' || isDeclaration(text))
  if (around.blocks.length > 0 || isCitation(one) || isPhrase) return 'text'
  if (hasParts) return announcesChange(one.before) ? refuse('a change without the path of its file') : 'text'
  if (!one.fence.close)
    return {
      code: 'unclosed',
      message: 'the fence is never closed: the reply was cut off (send the file again, whole)',
    }
  if (count > 1) return refuse('several fences without the paths of their files')
  return 'version'
}

/** Whether the lines are a part of the file as it is: a quotation. */
function isExcerpt({ fence }: FenceVersion, name: string, { context }: Around): boolean {
  const old = context.textOf?.(name)
  const text = joinLines(fence.lines.map((line) => line.text))
  if (old === undefined || text === '' || old.trim() === text.trim() || !`\n${old}`.includes(`\n${text}`)) return false
  // The beginning of a file with fences may be all that is left of its new version.
  return !old.startsWith(text) || !FENCE.test(old)
}

/** ```12:15:src/a.ts quotes lines of a file. */
function isCitation({ fence }: FenceVersion): boolean {
  return /^\d+:\d+:/.test(fence.info)
}

function holdsFence(name: string, { context }: Around): boolean {
  return FENCE.test(context.textOf?.(name) ?? '')
}

function refuse(problem: string): Verdict {
  return {
    code: 'fence-unclear',
    message: `${problem} (write <<<< path/of/file <<<<, the lines of the whole file, >>>>>>>>)`,
  }
}
