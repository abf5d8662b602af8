import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'

/** A fenced block: its language, what follows it on the line, its text. */
const BLOCK = /^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm
/** Between what a command printed and what the next one did. */
const MARK = '\x1e'

/** A page with transcripts, and what its commands print now. */
export interface Page {
  readonly text: string
  /** Programs that its commands need and that are not there; those commands were not run. */
  readonly missing: string[]
}

/**
 * Runs the transcripts of a page: blocks in the language `console`, in which a line led in by `$ ` is a command and the lines
 * below it are what it prints on both streams. A block `LANGUAGE file=NAME` is a file that is there for each transcript; each
 * runs in a folder of its own. `console needs=PROGRAM,PROGRAM` is run where these are there.
 *
 * @returns the page with what the commands print now; where that differs in times, hashes and paths only, as it was
 */
export async function runPage(page: string): Promise<Page> {
  const blocks = [...page.matchAll(BLOCK)].map(([whole, language = '', argument = '', text = '']) => ({
    whole,
    language,
    argument,
    text,
  }))
  const files = blocks.flatMap(({ argument, text }) =>
    argument.startsWith('file=') ? [[argument.slice('file='.length), text] as const] : [],
  )
  let text = page
  const missing: string[] = []
  for (const block of blocks.filter(({ language }) => language === 'console')) {
    const needed = block.argument.startsWith('needs=') ? block.argument.slice('needs='.length).split(',') : []
    const absent = needed.filter((name) => !hasProgram(name))
    missing.push(...absent)
    if (absent.length > 0) continue
    const now = await runTranscript(block.text, Object.fromEntries(files))
    if (steady(now) !== steady(block.text))
      text = text.replace(block.whole, () => block.whole.replace(block.text, () => now))
  }
  return { text, missing }
}

async function runTranscript(transcript: string, files: Readonly<Record<string, string>>): Promise<string> {
  const commands = transcript.split('\n').filter((line) => line.startsWith('$ '))
  using folder = tempFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`project/${name}`, text])))
  const project = join(folder.path, 'project')
  mkdirSync(project, { recursive: true })
  for (const [name, text] of Object.entries(files)) if (text.startsWith('#!')) chmodSync(join(project, name), 0o755)
  const script = commands.map((line) => `{ ${line.slice(2)}\n} 2>&1; printf '${MARK}'`).join('\n')
  using state = tempFolder()
  const env = { XDG_STATE_HOME: state.path }
  const { stdout } = await bash(script, { cwd: project, env })
  const shown = stdout.replaceAll(project, '/home/me/project').replaceAll(state.path, '/home/me/.local/state')
  const printed = shown.split(MARK)
  return commands.map((line, index) => `${line}\n${printed[index]}`).join('')
}

/** Without what differs from run to run. */
function steady(text: string): string {
  return (
    text
      .replaceAll(/(\d+ min )?\b\d+(\.\d+)? s\b/g, 'T s')
      .replaceAll(/\babout [\d,]+ tokens?\b/g, 'about N tokens')
      // A longer time widens its column.
      .replaceAll(/ +/g, ' ')
      .replaceAll(/\b[0-9a-f]{12,64}\b/g, 'HASH')
      .replaceAll(/\b\d{8}-\d{6,9}(-\w{6}\b)?/g, 'WHEN')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'WHEN')
  )
}
