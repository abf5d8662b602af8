import { writeBlock } from '@loop-runner/block-format'
import { UsageError } from '@loop-runner/cli-kit'
import type { Material, SourceFile } from '../evidence/evidence.ts'
import { describeBest } from '../material/describe-attempts.ts'
import { type RunData, runData } from './run-data.ts'

const SETTING = /^[A-Za-z]\w*$/

/** The fields of `it` in a template, besides the names that `--set` adds. */
export interface TemplateData extends Material {
  /** The script of the first run that has one. */
  readonly script: SourceFile | undefined
  readonly runs: readonly RunData[]
  /** The history in a few lines for each attempt, and which was the best. */
  readonly memory: string
  /** The fixed instructions on how to reply; appended where a template does not read them. */
  readonly reply: string
  /** A block as in a stream, wide enough for its content. */
  readonly block: (name: string, content: string) => string
}

/** The material, as a template sees it. */
export function templateData(material: Material, reply: string): TemplateData {
  return {
    ...material,
    script: material.runs.find((run) => run.script)?.script,
    runs: material.runs.map(runData),
    memory: material.history.map(({ text }) => text).join('') + describeBest(material.history),
    reply,
    block: blockForTemplate,
  }
}

/**
 * Adds the names that `--set NAME=VALUE` gives.
 *
 * @throws UsageError for an invalid pair, or for a field of the template
 */
export function withSettings(data: TemplateData, pairs: readonly string[]): TemplateData {
  const settings: Record<string, string> = {}
  for (const pair of pairs) {
    const [name = '', ...value] = pair.split('=')
    if (value.length === 0 || !SETTING.test(name)) {
      throw new UsageError(`option --set: "${pair}" is not NAME=VALUE (NAME is letters, digits and _)`)
    }
    if (name in data) throw new UsageError(`option --set: it.${name} is already a field of the template`)
    settings[name] = value.join('=')
  }
  return { ...settings, ...data }
}

/**
 * Writes a block for a template.
 *
 * @throws Error in a template author's terms: a name or a content that is no text
 */
function blockForTemplate(name: unknown, content: unknown): string {
  if (typeof name !== 'string' || typeof content !== 'string') {
    throw new TypeError(`it.block(name, content) takes two strings, not ${typeof name} and ${typeof content}`)
  }
  return writeBlock({ name, content })
}
