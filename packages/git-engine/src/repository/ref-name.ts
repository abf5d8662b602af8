/** Git's rules for the full name of a ref (`git check-ref-format`): it never leads out of the folder of refs. */
export function isRefName(name: string): boolean {
  return (
    name.startsWith('refs/') &&
    !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\.$/.test(name) &&
    name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
  )
}
