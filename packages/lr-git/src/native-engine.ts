import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Engine } from './engine.ts'
import type { Repository } from './find-repository.ts'

export function openNativeEngine(_repository: Repository, _io: Io): Promise<Engine> {
  throw new CommandError(ExitStatus.Failed, '--engine native: not there yet (install git)')
}
