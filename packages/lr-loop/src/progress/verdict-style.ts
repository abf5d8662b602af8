/** What passed is green on a terminal, anything else red. */
export function verdictStyle(hasPassed: boolean): 'green' | 'red' {
  return hasPassed ? 'green' : 'red'
}
