import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Catalogue, Program } from '@loop-runner/cli-kit'
import { allPrograms, root } from '../programs.ts'

/** What every program takes from lr.yaml, as their option tables say it in the source. */
export async function readCatalogue(): Promise<Catalogue> {
  return (await readPrograms()).catalogue
}

/** Every program and its configuration keys, from the source. */
export async function readPrograms(): Promise<{ programs: readonly Program[]; catalogue: Catalogue }> {
  const modules = allPrograms.map(
    (name, index) => `import * as program${index} from './packages/${name}/src/program.ts'`,
  )
  const contents = `${modules.join('\n')}
    import { keysOf } from './packages/cli-kit/src/options/catalogue.ts'
    export const programs = [${allPrograms.map((_, index) => `program${index}`).join()}].flatMap(Object.values)
    export const catalogue = Object.fromEntries(programs.map((program) => [program.name, keysOf(program)]))`
  const folder = mkdtempSync(join(tmpdir(), 'lr-build-'))
  const outfile = join(folder, 'catalogue.cjs')
  try {
    await build({
      absWorkingDir: root,
      stdin: { contents, resolveDir: root },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20.19',
      conditions: ['source'],
      logLevel: 'warning',
    })
    return (await import(pathToFileURL(outfile).href)) as { programs: Program[]; catalogue: Catalogue }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
