/** A fenced block of an answer; CommonMark's rules, without nesting in lists and quotes. */
interface Fence {
  readonly language: string
  readonly content: string
  readonly isClosed: boolean
}

interface OpenFence {
  readonly mark: string
  readonly language: string
  readonly lines: string[]
}

/**
 * The code of an answer: its first fenced block, the `last`, `all` of them joined, or the first of a language.
 *
 * @returns the code, or what is wrong
 */
export function extractCode(text: string, which: string): { readonly code: string } | { readonly problem: string } {
  const fences = findFences(text)
  const chosen = choose(fences, which)
  if (chosen.length === 0) {
    const kinds = [...new Set(fences.map(({ language }) => language || 'plain'))].join(', ')
    return { problem: `the answer has no ${nameOf(which)}${kinds === '' ? '' : ` (it has ${kinds})`}` }
  }
  if (chosen.some(({ isClosed }) => !isClosed)) return { problem: 'the code block in the answer is never closed' }
  return { code: chosen.map(({ content }) => content).join('') }
}

function choose(fences: readonly Fence[], which: string): readonly Fence[] {
  if (which === 'all') return fences
  if (which === 'first') return fences.slice(0, 1)
  if (which === 'last') return fences.slice(-1)
  return fences.filter(({ language }) => language.toLowerCase() === which.toLowerCase()).slice(0, 1)
}

function nameOf(which: string): string {
  return ['all', 'first', 'last'].includes(which) ? 'code block' : `code block of ${which}`
}

function findFences(text: string): Fence[] {
  const fences: Fence[] = []
  let open: OpenFence | undefined
  for (const line of text.split(/(?<=\n)/)) {
    const [, mark = '', info = ''] = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*)$/.exec(line.trimEnd()) ?? []
    if (!open) open = openFence(mark, info)
    else if (mark.startsWith(open.mark) && info === '') {
      fences.push(fenceOf(open, true))
      open = undefined
    } else open.lines.push(line)
  }
  return open ? [...fences, fenceOf(open, false)] : fences
}

function openFence(mark: string, info: string): OpenFence | undefined {
  // A backtick behind the mark makes it code in a line, not a fence.
  if (mark === '' || (mark.startsWith('`') && info.includes('`'))) return undefined
  return { mark, language: info.split(/[\s{,:]/)[0] ?? '', lines: [] }
}

function fenceOf({ language, lines }: OpenFence, isClosed: boolean): Fence {
  return { language, content: lines.join(''), isClosed }
}
