/** Whether (), [] and {} in text are nested properly; other characters do not matter. */
export function isBalanced(text) {
  const open = []
  for (const char of text) {
    if ('([{'.includes(char)) open.push(char)
    else if (')]}'.includes(char) && '([{'.indexOf(open.pop()) !== ')]}'.indexOf(char)) return false
  }
  return open.length === 0
}
