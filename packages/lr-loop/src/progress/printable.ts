/** Text without control characters, which could be escape sequences for a terminal, and without marks of direction. */
export function printable(text: string): string {
  return text.replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '?')
}
