import { pathOfName, readName, spellName } from '@loop-runner/block-format'

/** The content of a block of paths: one per line, spelled as names of blocks are. */
export function writePaths(paths: readonly string[]): string {
  return paths.map((path) => `${spellName(path)}\n`).join('')
}

/** The paths of such a content. A line that is no valid spelling stands for itself. */
export function readPaths(content: string): string[] {
  return content.split('\n').flatMap((line) => {
    const spelling = line.replace(/\r$/, '')
    return spelling.trim() === '' ? [] : [pathOfName(readName(spelling) ?? readName(spelling.trim()) ?? spelling)]
  })
}
