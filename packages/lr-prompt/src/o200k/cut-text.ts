/** V8 cannot match a word of millions of characters, and holds the matched text in memory. */
const LONGEST_PIECE = 1 << 16

/**
 * A text in pieces, cut where no word of o200k goes on: in front of a blank that follows something else. A piece without
 * one is cut where it is too long, which may come to a token or two more for each 65,536 characters.
 */
export function* cutText(text: string): Generator<string> {
  let from = 0
  while (text.length - from > LONGEST_PIECE) {
    const to = findCut(text, from, from + LONGEST_PIECE)
    yield text.slice(from, to)
    from = to
  }
  yield text.slice(from)
}

function findCut(text: string, from: number, latest: number): number {
  for (let at = latest; at > from; at = text.lastIndexOf(' ', at - 1)) {
    if (text[at] === ' ' && /\S/.test(text[at - 1] ?? ' ')) return at
  }
  // Not between the two halves of a character.
  return /[\uD800-\uDBFF]/.test(text[latest - 1] ?? '') ? latest - 1 : latest
}
