import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'
import { Eta } from 'eta/core'
import { readTextFile } from '../material/read-text-file.ts'
import { strict } from './strict.ts'
import type { TemplateData } from './template-data.ts'

/** A template; partials lie in the folder of its path. */
export interface Template {
  /** As an error names it. */
  readonly name: string
  readonly text: string
  /** Absolute; undefined for the built-in one. */
  readonly path: string | undefined
}

/** The name under which eta requests the template itself. */
const MAIN = '(main)'

/**
 * Renders a template: nothing is escaped, nothing is trimmed (eta's own defaults turn `<` into `&lt;` and eat newlines),
 * and a name that is not there is an error. What `it.reply` holds is appended where the template did not read it.
 *
 * @throws UsageError with the template's name, and the line where it is known
 */
export function renderTemplate(template: Template, data: TemplateData): string {
  let usesReply = false
  const eta = makeEta(template, data, (key) => {
    if (key === 'reply') usesReply = true
  })
  const text = withUsageErrors(template.name, () => eta.render(MAIN, {}))
  if (usesReply || data.reply === '') return text
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${data.reply}`
}

/** @throws UsageError where the file cannot be read */
export function readTemplate(path: string, cwd: string): Template {
  const absolute = resolve(cwd, path)
  return { name: path, text: readTextFile(absolute, path), path: absolute }
}

function makeEta(template: Template, data: TemplateData, onRead: (key: string) => void): Eta {
  const eta = new Eta({
    autoEscape: false,
    autoTrim: false,
    autoFilter: true,
    filterFunction: printed,
    debug: true,
  })
  eta.resolvePath = (name) => name
  eta.readFile = (name) => (name === MAIN ? template.text : readPartial(name, template))
  eta.RuntimeErr = (error, _text, line, name) => {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${name === MAIN ? template.name : name}: line ${line}: ${summaryOf(error)}`)
  }
  const { render } = eta
  // eta copies `it` for a partial and adds the arguments of the include; the copy has to be as strict as the original.
  eta.render = (name, given, meta) =>
    render.call(eta, name, strict(withHiddenReply({ ...data, ...given }, data.reply), 'it', onRead), {
      ...meta,
      filepath: String(name),
    })
  return eta
}

/**
 * What a tag prints. What is known but absent (a status that the stream does not give) is nothing.
 *
 * @throws Error for a value without a text form, instead of printing "[object Object]"
 */
function printed(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error('a tag prints an object (name one of its fields)')
}

/** `reply` is kept out of copies, so that only a template that really reads it is taken to print it. */
function withHiddenReply<T extends object>(data: T, reply: string): T {
  return Object.defineProperty(data, 'reply', { value: reply, enumerable: false, configurable: true })
}

/** Errors of eta's parser come without the name of the template. */
function withUsageErrors(name: string, render: () => string): string {
  try {
    return render()
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error
    throw new UsageError(`${name}: ${summaryOf(error)}`)
  }
}

/** The first lines of a message have the place and the error; eta adds the template's text, or all of its code. */
function summaryOf({ message }: Error): string {
  const [first = '', , third = ''] = message.split('\n')
  return third === '' ? first : `${first.replace(/:$/, '')}: ${third.trim()}`
}

function readPartial(name: string, { path, name: main }: Template): string {
  if (path === undefined) throw new UsageError(`${main}: unknown partial "${name}": this template has no partials`)
  const folder = dirname(path)
  const file = join(folder, extname(name) === '' ? `${name}.eta` : name)
  if (relative(folder, file).split(sep)[0] === '..') {
    throw new UsageError(`${main}: partial "${name}" is outside the folder of the template`)
  }
  return readTextFile(file, `${main}: partial ${basename(file)}`)
}
