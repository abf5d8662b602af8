/** Whether a header of this name carries a key or something as private. */
export function isSecretHeader(name: string): boolean {
  return /auth|key|token|secret|cookie/i.test(name)
}

export function carriesKey(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(isSecretHeader)
}
