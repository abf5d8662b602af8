import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { toJSONSchema } from 'zod/mini'
import { configurationSchema } from './configuration-schema.ts'

/** Prints what lr.yaml may say of checkers, checks and layers as a JSON Schema, for editors. */
export async function printSchema(io: Io): Promise<number> {
  await io.stdout.write(`${JSON.stringify(toJSONSchema(configurationSchema), undefined, 2)}\n`)
  return ExitStatus.Yes
}
