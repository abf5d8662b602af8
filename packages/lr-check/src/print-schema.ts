import { ExitStatus, type Io } from '@loop-runner/cli-kit'

/** Prints what lr.yaml may say of checkers, checks and layers as a JSON Schema, for editors. */
export async function printSchema(io: Io): Promise<number> {
  const { toJSONSchema } = await import('zod/mini')
  const { configurationSchema } = await import('./configuration-schema.ts')
  await io.stdout.write(`${JSON.stringify(toJSONSchema(configurationSchema), undefined, 2)}\n`)
  return ExitStatus.Yes
}
