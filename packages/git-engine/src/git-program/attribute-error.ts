import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { Attribute } from './git-files.ts'

/** That a file's attribute would change its content by a program or an encoding. */
export function attributeError({ path, attribute, value }: Attribute): CommandError {
  const remedy = attribute === 'filter' ? 'see --filters' : 'commit it by hand'
  const shown = value === 'set' ? attribute : `${attribute}=${value}`
  return new CommandError(ExitStatus.Failed, `${path}: its attribute ${shown} changes what is stored (${remedy})`)
}
