import { CommandError, ExitStatus } from '@loop-runner/cli-kit'

/**
 * Refuses a path whose attribute would change its content by a program or an encoding.
 *
 * @param value as `git check-attr` prints it
 * @throws CommandError (3) naming path and attribute
 */
export function refuseAttributes(path: string, attribute: string, value: string): void {
  if (value === 'unspecified' || value === 'unset') return
  const remedy = attribute === 'filter' ? 'see --filters' : 'commit it by hand'
  const shown = value === 'set' ? attribute : `${attribute}=${value}`
  throw new CommandError(ExitStatus.Failed, `${path}: its attribute ${shown} changes what is stored (${remedy})`)
}
