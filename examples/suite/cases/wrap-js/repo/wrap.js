/** Words of text in lines of at most width characters; a longer word has a line of its own. */
export function wrap(text, width) {
  throw new Error('not implemented')
}
