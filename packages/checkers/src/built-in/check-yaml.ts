import { LineCounter, parseAllDocuments } from 'yaml'
import type { Flaw } from './flaw.ts'

/** What is wrong in a YAML stream of any number of documents. */
export function checkYaml(text: string): Flaw[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  if ('empty' in documents) return []
  return documents.flatMap(({ errors }) =>
    errors.map(({ pos, message }) => {
      const { line, col } = lines.linePos(pos[0])
      return { line, column: col, message: message.replaceAll(/\s*\n\s*/g, ' ') }
    }),
  )
}
