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
  /^(?:(?:the|new|updated|modified|changed|full|final|corrected|fixed|complete|create[ds]?|edit(?:ed)?|update|modify|step \d+|and)[ :]+)*(?:(?:file ?name|file ?path|file|path|source|module|script)\s*[:=]?\s+|in\s+)?/i
const NOTE =
  /^\s*[:：.]?\s*(?:[([](?:new|updated|modified|changed|fixed|full|complete|whole|edited|rewritten|corrected|revised|created?|new file|unchanged|no changes?(?: needed)?)[^)\]]*[)\]])?\s*[:：]?\s*$/i
const UNCHANGED = /[([](?:unchanged|no changes?|same)[^)\]]*[)\]]/i
const GOOD_SENTENCE =
  /^(?:(?:so,? |now,? )?here(?:'s| is| are)|below is|this is|the|i(?:'ve| have))\b.*\b(?:updated|complete|full|corrected|fixed|new|final|revised|modified|whole|entire|rewritten|rewrote|improved)\b/i
const BAD_SENTENCE =
  /\b(?:part|parts|section|sections|function|method|snippet|line|lines|usage|use|using|example|run|running|test|tests|add|insert|replace|change|remove|only|relevant|original|old|current|existing|before|previous|output|was|error|problem|issue)\b/i

/** Reads a line as one that names a file; undefined if it names none. @param isKnown whether there is such a file */
export function readPathLabel(line: string, isKnown: (name: string) => boolean): PathLabel | undefined {
  if (line.length > LONGEST) return undefined
  const isHeading = /^\s*(?:#{1,6}\s|(?:\d+[.)]|[-*+•])?\s*(?:\*\*|__).+(?:\*\*|__)\s*:?\s*$)/.test(line)
  const body = line
    .replace(/^\s*(?:#{1,6}\s+|[-*+•]\s+|={3,}\s*|-{3,}\s*)?(?:\d+[.)]\s+)?/, '')
    .replace(/^\P{ASCII}+\s*/u, '')
    .replace(/(?:\s*(?:={3,}|-{3,}|#+)\s*)$/, '')
    .replaceAll('**', '')
    .trim()
  const label = readBody(body.replace(LEAD, ''), isKnown) ?? readBody(body, isKnown)
  if (label) return { ...label, kind: isHeading ? 'heading' : 'plain' }
  const quoted = [...line.matchAll(/`([^`\s]+)`/g)]
    .map(([quote]) => quote.slice(1, -1))
    .filter((name) => isName(name, isKnown))
  const [name] = quoted
  if (name === undefined || new Set(quoted).size > 1 || !/[:：]\s*\**$/.test(line.trim())) return undefined
  return { name, kind: 'sentence', isUnchanged: false }
}

/** Whether a sentence says that the whole new version of the file follows. */
export function announcesVersion(sentence: string): boolean {
  return GOOD_SENTENCE.test(sentence.trim()) && !BAD_SENTENCE.test(sentence)
}

/** Whether a sentence says that what follows is to be put into a file. */
export function announcesChange(sentence: string): boolean {
  const asks = /\b(?:add|insert|replace|change|update|modify|remove|delete|put)\b/i.test(sentence)
  return asks && !/\b(?:run|use|usage|test|try|example|output|install|command)\b/i.test(sentence)
}

function readBody(body: string, isKnown: (name: string) => boolean): Omit<PathLabel, 'kind'> | undefined {
  const [, quoted, plain, rest = ''] =
    /^(?:[`"'“]+([^`"'“”]+)[`"'”]+|[<([_*]*([^\s`"'“”<>()[\]*]+?)[>)\]_*]*(?:\([^()\s]*\))?)(?=$|[\s:：([])(.*)$/.exec(
      body.replace(/[:：]$/, ''),
    ) ?? []
  const name = (quoted ?? plain ?? '').trim().replace(/:$/, '')
  if (!NOTE.test(rest) || !isName(name, isKnown)) return undefined
  return { name, isUnchanged: UNCHANGED.test(rest) }
}

/** Whether a word is the name of a known file, or could only be that of a new one. */
export function isName(name: string, isKnown: (name: string) => boolean): boolean {
  if (name === '' || name.endsWith('/')) return false
  if (isKnown(name)) return true
  const isPath = /^(?:[\w.@+\-[\]()~]+\/)*[\w.@+\-[\]~]+\.[A-Za-z]\w*$/.test(name) && !FRAMEWORK.test(name)
  return isPath && isKnownSuffix(suffixOf(name))
}
