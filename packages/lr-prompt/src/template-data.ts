import { PartError, writeStream } from '@loop-runner/block-format'
import type { NamedBlock, Run, SourceFile } from './evidence.ts'

/** A run as a template sees it. */
export interface RunData extends Run {
  /** How it ended, in words: ", with exit status 1". */
  readonly result: string
}

/** What a template sees as `it`; options `--set NAME=VALUE` add to it. */
export interface TemplateData {
  readonly files: readonly SourceFile[]
  /** The script of the first run that has one. */
  readonly script: SourceFile | undefined
  readonly runs: readonly RunData[]
  readonly leftOut: readonly string[]
  readonly blocks: readonly NamedBlock[]
  readonly report: readonly NamedBlock[]
  readonly instructions: string
  /** The fixed instructions on how to reply; appended where a template does not read them. */
  readonly reply: string
  /** A block as it stands in a stream, wide enough for its content. */
  readonly block: (name: string, content: string) => string
}

/**
 * Writes a block for a template.
 *
 * @throws Error in a template author's terms: a content that is no text, a name that no opener can hold
 */
export function blockForTemplate(name: unknown, content: unknown): string {
  if (typeof name !== 'string' || typeof content !== 'string') {
    throw new TypeError(`it.block(name, content) takes two texts, not ${typeof name} and ${typeof content}`)
  }
  try {
    return writeStream([{ name, content }])
  } catch (error) {
    throw error instanceof PartError ? new Error(error.message.replace(/^part 1: /, 'it.block: ')) : error
  }
}
