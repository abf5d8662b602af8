/** On a terminal, a pass is green, anything else red. */
export function verdictStyle(hasPassed: boolean): 'green' | 'red' {
  return hasPassed ? 'green' : 'red'
}
