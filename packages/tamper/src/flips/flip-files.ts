import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Changes, in a copy of the tree, every line of files that a check compares. */
export function flipFiles(paths: readonly string[], folder: string): void {
  for (const path of paths) {
    const file = join(folder, path)
    writeFileSync(file, flipFile(readFileSync(file, 'latin1')), 'latin1')
  }
}

/** The last digit of each line is one more, so that code finds a line by its beginning as before; without one the line is longer. */
export function flipFile(text: string): string {
  const lines = text.split('\n').map((line) => {
    const other = line.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
    return other === line && line.trim() !== '' ? `${line}~` : other
  })
  const flipped = lines.join('\n')
  return flipped === text ? `${text}~` : flipped
}
