import { timingSafeEqual } from 'node:crypto'

/** Whether a given secret is the wanted one, in a time that does not depend on where they differ. */
export function isSameSecret(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return left.length === right.length && timingSafeEqual(left, right)
}
