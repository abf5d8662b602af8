/** A check that follows no reply. */
export function nameCheck(iteration: number): string {
  return iteration === 0 ? 'Before any reply' : `Check ${iteration}: the files as the run left them`
}
