import { suffixOf } from '../file-kind.ts'
import { isKnownSuffix } from './languages.ts'

/** A line that names the file of what follows. */
export interface PathLabel {
  readonly name: string
  /** `heading` names what follows up to the next one, `plain` what follows at once, `sentence` says something about it. */
  readonly kind: 'heading' | 'plain' | 'sentence'
  /** Whether the line says that the file is left as it is. */
  readonly isUnchanged: boolean
}

/** A longer line is prose. */
const LONGEST = 300
const FRAMEWORK =
  /^(?:node|vue|next|nuxt|express|react|three|d3|chart|moment|socket|angular|ember|deno|p5|alpine|nest)\.(?:js|io)$/i
const LEAD =
  /^(?:(?:the|new|updated|modified|changed|full|final|corrected|fixed|complete|create[ds]?|edit(?:ed)?|update|modify|step \d+|\d+[.)]|and)[ :]+)*(?:(?:file ?name|file ?path|file|path|source|module|script|datei(?:name)?|fichier|fichero|archivo|arquivo|ficheiro|bestand|plik|soubor|dosya)(?: \d+)?\s*[:=]?\s+|in\s+)?/i
/** A remark behind the name. */
const REMARK = /^\s*(?:[–—-]+(?:\s|$).*|->|=>|\||\([^()]*\)|:\s+\S.*)\s*[:：]?$/
const NOTE =
  /^\s*[:：.]?\s*(?:[([](?:new|updated|modified|changed|fixed|full|complete|whole|edited|rewritten|corrected|revised|created?|new file|unchanged|no changes?(?: needed)?)[^)\]]*[)\]])?\s*[:：]?\s*$/i
const RANGE = /(?:#L\d+(?:-L?\d+)?|:\d+(?:-\d+)?)$/
const RANGE_BEHIND = /^:\d+(?:-\d+)?\s*[:：]?$/
const UNCHANGED = /[([](?:unchanged|no changes?|same)[^)\]]*[)\]]/i
const GOOD_SENTENCE =
  /^(?:(?:(?:so,? |now,? )?here(?:'s| is| are)|below is|this is|the|i(?:'ve| have))\b.*\b)?(?:updated|complete|full|corrected|fixed|new|final|revised|modified|whole|entire|rewritten|rewrote|improved)\b/i
const WHOLE_SENTENCE =
  /^(?:now,? )?(?:the file )?[`*]*[^\s`]+[`*]* (?:should|will|now)? ?(?:looks?|reads?|be) (?:now )?(?:like this|as follows)|^here(?:'s| is) [`*]*[^\s`]+[`*]*\s*:|^(?:replace|overwrite) (?:the )?(?:entire|whole|full|contents?)\b.* (?:of|in) /i
const BAD_SENTENCE =
  /\b(?:part|parts|section|sections|function|method|snippet|line|lines|usage|use|using|example|run|running|test|tests|add|insert|replace|change|remove|only|relevant|original|old|current|existing|before|previous|output|was|error|problem|issue)\b/i

/** Reads a line as one that names a file; undefined if it names none. @param isKnown whether there is such a file */
export function readPathLabel(line: string, isKnown: (name: string) => boolean): PathLabel | undefined {
  if (line.length > LONGEST) return undefined
  const isHeading =
    /^\s*(?:#{1,6}\s|(?:\d+[.)]|[-*+•])?\s*(?:\*\*|__).+(?:\*\*|__)\s*:?\s*$|<(?:h[1-6]|summary)>)/.test(line)
  const body = line
    .replace(/^\s*<!--\s*(.*?)\s*-->\s*$/, '$1')
    .replaceAll(/<\/?(?:h[1-6]|summary|details|b|strong|em|i|code|p|u)>/g, ' ')
    .replace(
      /^\s*(?:#{1,6}\s+|[-*+•]\s+|={3,}\s*|-{3,}\s*|\/{2,}\s*|(?:> ?)+|[=-]>\s*|\|\s*|\+{3}\s+|\*{3}\s+)?(?:\d+[.)]\s+)?/,
      '',
    )
    .replace(/^\P{ASCII}+\s*(?::\s+)?/u, '')
    .replace(/(?:\s*(?:={3,}|-{3,}|\*{3,}|#+|\||»)\s*)$/, '')
    .replaceAll('**', '')
    .trim()
  const label = readBody(body.replace(LEAD, ''), isKnown) ?? readBody(body, isKnown)
  if (label) return { ...label, kind: label.isDoubtful ? 'sentence' : isHeading ? 'heading' : 'plain' }
  return readSentence(line, isHeading, isKnown)
}

/** Reads a heading, or a sentence that ends with a colon, which names one file. */
function readSentence(line: string, isHeading: boolean, isKnown: (name: string) => boolean): PathLabel | undefined {
  if (!isHeading && !/[:：]\s*\**$/.test(line.trim())) return undefined
  const words = line.split(/[\s`"'“”*()<>,]+/).map((word) => word.replace(/[:：.]+$/, ''))
  const names = new Set(words.filter((word) => isName(word, isKnown)))
  const [name] = names
  if (name === undefined || names.size > 1) return undefined
  return { name, kind: isHeading && !BAD_SENTENCE.test(line) ? 'heading' : 'sentence', isUnchanged: false }
}

/** Whether a sentence says that the whole new version of the file follows. */
export function announcesVersion(sentence: string): boolean {
  const plain = sentence.trim()
  if (WHOLE_SENTENCE.test(plain)) return !/\b(?:part|section|function|method|class|snippet|lines?|block)\b/i.test(plain)
  return GOOD_SENTENCE.test(plain) && !BAD_SENTENCE.test(plain)
}

/** Whether a sentence leaves open what follows it: it may be of any language. */
export function mayAnnounceVersion(sentence: string): boolean {
  return /[:：]\s*\**\s*$/.test(sentence) && !BAD_SENTENCE.test(sentence) && !/\d\s*[-–]\s*\d/.test(sentence)
}

/** Whether a sentence says that what follows is to be put into a file. */
export function announcesChange(sentence: string): boolean {
  const asks = /\b(?:add|insert|replace|change|update|modify|remove|delete|put)\b/i.test(sentence)
  return asks && !/\b(?:run|use|usage|test|try|example|output|install|command)\b/i.test(sentence)
}

type Named = Pick<PathLabel, 'name' | 'isUnchanged'> & { readonly isDoubtful: boolean }

function readBody(body: string, isKnown: (name: string) => boolean): Named | undefined {
  const [, quoted, plain, rest = ''] =
    /^(?:[`"'“]+([^`"'“”]+)[`"'”]+|[<([_*]*([^\s`"'“”<>()[\]*]+?)[>)\]_*]*(?:\([^()\s]*\))?)(?=$|[\s:：([])(.*)$/.exec(
      body.replace(/[:：]$/, ''),
    ) ?? []
  return readNamed((quoted ?? plain ?? '').trim().replace(/:$/, ''), rest, isKnown)
}

/** @param rest what is behind the name */
function readNamed(given: string, rest: string, isKnown: (name: string) => boolean): Named | undefined {
  const name = given.replace(RANGE, '')
  const isUnchanged = UNCHANGED.test(rest)
  if (NOTE.test(rest) && name === given)
    return isName(name, isKnown) ? { name, isUnchanged, isDoubtful: false } : undefined
  const isRange = name !== given || RANGE_BEHIND.test(rest)
  if (!isKnown(name) || !(isRange || REMARK.test(rest))) return undefined
  return { name, isUnchanged, isDoubtful: isRange || BAD_SENTENCE.test(rest) }
}

/** Whether a word is the name of a known file, or could only be that of a new one. */
export function isName(name: string, isKnown: (name: string) => boolean): boolean {
  if (name === '' || name.endsWith('/')) return false
  if (isKnown(name)) return true
  const isPath = /^(?:[\w.@+\-[\]()~]+\/)*[\w.@+\-[\]~]+\.[A-Za-z]\w*$/.test(name) && !FRAMEWORK.test(name)
  return isPath && isKnownSuffix(suffixOf(name))
}
