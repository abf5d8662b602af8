import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Catalogue } from '@loop-runner/cli-kit'

/**
 * What every program takes from lr.yaml, as their option tables say it in the source.
 *
 * @param programs names of folders in `packages`
 */
export async function readCatalogue(root: string, programs: readonly string[]): Promise<Catalogue> {
  const modules = programs.map((name, index) => `import * as program${index} from './packages/${name}/src/program.ts'`)
  const contents = `${modules.join('\n')}
    import { keysOf } from './packages/cli-kit/src/catalogue.ts'
    const programs = [${programs.map((_, index) => `program${index}`).join()}].flatMap(Object.values)
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
    return ((await import(pathToFileURL(outfile).href)) as { catalogue: Catalogue }).catalogue
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
