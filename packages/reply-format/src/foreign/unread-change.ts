import type { DeviationCode } from '../deviations.ts'
import type { Finding, ReplyContext } from '../reply.ts'
import { isCodeLine } from './code-line.ts'
import { type Fence, splitFences } from './fences.ts'
import type { OutsideLine } from './outside-line.ts'
import { readPathLabel } from './path-label.ts'
import { readJson, readShellWrite } from './refused-forms.ts'
import { FORMS, UnreadText } from './unread-forms.ts'

/** So many lines of a program, one after the other, are a version without a mark. */
const FEWEST_LINES = 3

/**
 * Finds what looks like a change in a reply of which nothing was read: it must not pass for an explanation. Weaker signs
 * than elsewhere are enough, since there is nothing that they could hold back.
 *
 * @param lines what is outside blocks
 */
export function findUnreadChange(lines: readonly OutsideLine[], context: ReplyContext): Finding | undefined {
  const isKnown = (name: string) => context.isKnown(name)
  const parts = splitFences(lines, () => false)
  const plain = parts.filter((part): part is OutsideLine => !('open' in part))
  const fences = parts.filter((part): part is Fence => 'open' in part)
  const commands = fences.map(({ lines: inside }) => findCommand(inside, isKnown))
  return findForm(plain, isKnown) ?? findCommand(plain, isKnown) ?? commands.find(Boolean) ?? findCode(plain, context)
}

function findForm(lines: readonly OutsideLine[], isKnown: (name: string) => boolean): Finding | undefined {
  const texts = lines.map(({ text }) => text)
  const text = new UnreadText(texts, isKnown)
  for (const [at, { index }] of lines.entries()) {
    const json = readJson(text.jsonAt(at))
    if (json) return toFinding(json.code, json.form, index)
    const form = FORMS.find(({ test }) => test(text, at))
    if (form) return toFinding(form.code, form.what, index)
  }
  return undefined
}

const REMOVAL = /^\s*[$#>]?\s*(?:git\s+)?(?:rm|mv|cp)\s/
const OTHER_SHELL =
  /\b(?:Set-Content|Out-File|Add-Content|Remove-Item|Move-Item)\b|\b(?:python3?|node|perl|ruby)\s+-[ce]\b/

/** A command that changes a file of ours, on a line of its own or quoted in a sentence. */
function findCommand(lines: readonly OutsideLine[], isKnown: (name: string) => boolean): Finding | undefined {
  for (const { index, text } of lines) {
    const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([quote]) => quote.slice(1, -1))
    for (const command of [text, ...quoted]) {
      const form = readShellWrite(command, isKnown)
      if (form) return toFinding(form.code, form.form, index)
      const changes = REMOVAL.test(command) || OTHER_SHELL.test(command)
      if (changes && command.split(/[\s"'`;()=,]+/).some(isKnown))
        return toFinding('shell-command', 'a shell command that changes a file', index)
    }
  }
  return undefined
}

/** Lines of a program outside any fence, unless they are a part of the file that a line above them names. */
function findCode(lines: readonly OutsideLine[], context: ReplyContext): Finding | undefined {
  let run: OutsideLine[] = []
  let name = ''
  const isOwn = ({ text }: OutsideLine) => name !== '' && context.holdsLine(name, text)
  for (const line of lines.filter(({ text }) => text.trim() !== '')) {
    const label = readPathLabel(line.text, (path) => context.isKnown(path))
    name = label?.name ?? name
    run = !label && (isCodeLine(line.text) || isOwn(line)) ? [...run.slice(1 - FEWEST_LINES), line] : []
    const [first] = run
    if (first && run.length === FEWEST_LINES && !run.every(isOwn))
      return toFinding('fence-unclear', 'a program outside a block', first.index)
  }
  return undefined
}

function toFinding(code: DeviationCode, form: string, index: number): Finding {
  const message = `${form} is not applied (write <<<< path/of/file <<<<, the lines of the whole file, >>>>>>>>)`
  return { code, line: index + 1, message }
}
