import { showHidden } from './explanation-text.ts'

/** A subject should not be longer, by git's custom. */
const SUBJECT_LENGTH = 72
const PREFIX = 'lr: '
/** The end of a sentence; `e.g.` and the like end none. */
const SENTENCE_END = /(?<!\b(?:e\.g|i\.e|etc|vs|cf|resp|approx))[.!?](?=\s|$)/i
/** A paragraph that is a heading, bold as a whole, or ends in a colon. */
const LEAD_IN = /^#{1,6} .*$|^\*\*[^*\n]*\*\*:?$|:$/
/** Strong emphasis. `__init__`, `**kwargs` and `2**3` are code. */
const STRONG =
  /(?<![\w*])\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=\S)(?!\w+__(?!\w))(.{1,200}?)(?<=\S)__(?!\w)/g
const LABEL = /^(?:why|explanation|reason|rationale|fix|summary|changes?|cause)\s*:\s*/i

/**
 * The subject of a reply's commit: the first sentence of its explanation, else the files that it changed.
 *
 * @param paths the changed files; one at least
 */
export function replySubject(explanation: string, paths: readonly string[]): string {
  const sentence = firstSentence(explanation)
  return sentence === '' ? subjectOf(PREFIX, paths) : cutSubject(PREFIX + sentence)
}

/** As many names as fit, and the number of the others. */
export function subjectOf(prefix: string, paths: readonly string[]): string {
  let subject = prefix + cleanLine(paths[0] ?? '')
  for (const [index, path] of paths.entries()) {
    if (index === 0) continue
    const longer = `${subject}, ${cleanLine(path)}`
    const rest = ` and ${paths.length - index} more`
    const isLast = index === paths.length - 1
    if (longer.length + (isLast ? 0 : rest.length) > SUBJECT_LENGTH) return subject + rest
    subject = longer
  }
  return subject
}

/** A line that shows control characters and bidi marks: parts of it come from a model. */
export function cleanLine(line: string): string {
  return showHidden(line.replaceAll('\t', ' ').replaceAll('\n', ''))
}

/**
 * A model's line for a commit message, in which no word has a meaning for a forge: no `[skip ci]`, no `fixes #12` that
 * closes an issue.
 */
export function harmlessLine(line: string): string {
  const plain = cleanLine(line)
    .replaceAll(/\[((?:skip|no)[ -][^\]]{0,40}|[^\]]{0,40}[ -]skip)\]/gi, '($1)')
    .replaceAll(/\*{3}(NO_CI)\*{3}/gi, '$1')
    .replace(/^(\s*skip-checks)\s*:/i, '$1')
  return /clos|fix|resolv|implement/i.test(plain) ? plain.replaceAll(/(#|\bGH-|\/issues\/)(?=\d)/gi, '$1 ') : plain
}

/** Empty if there is no text outside of fences. A title or a lead-in (`Here it is:`) gives way to the next paragraph. */
function firstSentence(explanation: string): string {
  const paragraphs = explanation
    .replaceAll(/^ *(`{3,}|~{3,})[^]*?(?:^ *\1[`~]*\s*$|(?![^]))/gm, '\n')
    .split(/\r?\n\s*\n/)
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
  const paragraph = plainParagraph(paragraphs.find((text) => !LEAD_IN.test(text.trim())) ?? paragraphs[0] ?? '')
  const end = SENTENCE_END.exec(paragraph)?.index ?? paragraph.length
  return paragraph
    .slice(0, paragraph[end] === '.' ? end : end + 1)
    .replace(/[:.]$/, '')
    .trim()
}

/** A paragraph in one line, without its markup: the first item of a list, no marks of headings and emphasis. */
function plainParagraph(paragraph: string): string {
  const [first = '', ...rest] = paragraph.split(/\r?\n/).filter((line) => line.trim() !== '')
  const isItem = (line: string) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line)
  const end = rest.findIndex(isItem)
  const lines = [first, ...(end < 0 ? rest : rest.slice(0, end))]
  const text = lines.map((line) => line.replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/, '').trim()).join(' ')
  return harmlessLine(text.replaceAll(STRONG, '$1$2')).replace(LABEL, '').trim()
}

function cutSubject(subject: string): string {
  if (subject.length <= SUBJECT_LENGTH) return subject
  const blank = subject.lastIndexOf(' ', SUBJECT_LENGTH - 1)
  const end = blank > SUBJECT_LENGTH / 2 ? blank : SUBJECT_LENGTH - 1
  // A cut does not divide a character outside of the basic plane.
  const isDivided = /[\ud800-\udbff]/.test(subject[end - 1] ?? '')
  return `${subject.slice(0, isDivided ? end - 1 : end).trimEnd()}…`
}
