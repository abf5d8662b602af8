import { DONE_PHRASE } from '../done-phrase.ts'

const [SHORTEST, LONGEST] = [DONE_PHRASE.length, 3 * DONE_PHRASE.length]

/**
 * Whether a line declares that the model is done: the phrase and nothing else, whatever its letter case, decoration
 * and full stop, with or without "are" (D82, D83). In a sentence, or quoted with `>`, it says nothing (D84).
 */
export function isDeclaration(line: string): boolean {
  if (line.length < SHORTEST || line.length > LONGEST || line.trimStart().startsWith('>')) return false
  const words = line
    .toLowerCase()
    .replaceAll(/[^a-z']+/g, ' ')
    .trim()
  return words.replace(' are ', ' ') === DONE_PHRASE.toLowerCase()
}
