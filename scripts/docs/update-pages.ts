// Runs the transcripts of pages in docs/, and writes down what their commands print now.
//
//   pnpm build && npx tsx --conditions=source scripts/docs/update-pages.ts docs/PAGE.md…
import { readFileSync, writeFileSync } from 'node:fs'
import { runPage } from '../../docs/run-page.ts'

for (const file of process.argv.slice(2)) {
  const { text, missing } = await runPage(readFileSync(file, 'utf8'))
  writeFileSync(file, text)
  console.log(`${file}: ${missing.length === 0 ? 'written' : `written, except what needs ${missing.join(', ')}`}`)
}
