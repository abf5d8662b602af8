import { UNDICI } from './bundle-library.ts'

/** package.json of what is published. */
export function writeManifest(version: string, programs: readonly string[]): string {
  const manifest = {
    name: 'loop-runner',
    version,
    description: 'Let a language model work on files until a check passes, with small Unix programs',
    keywords: ['llm', 'ai', 'coding', 'agent', 'test', 'lint', 'repair', 'loop', 'cli'],
    license: 'MIT',
    type: 'module',
    engines: { node: '>=20.19' },
    os: ['linux', 'darwin'],
    // npx takes the program that has the package's name.
    bin: Object.fromEntries([...programs, 'loop-runner'].map((name) => [name, `bin/${name}`])),
    man: programs.map((name) => `./man/${name}.1`),
    // For TypeScript with "moduleResolution": "node", which does not read exports.
    main: './lib/index.mjs',
    types: './lib/types/library/index.d.ts',
    exports: {
      '.': { types: './lib/types/library/index.d.ts', default: './lib/index.mjs' },
      './package.json': './package.json',
    },
    imports: { [UNDICI]: './dist/undici.cjs' },
    sideEffects: false,
    publishConfig: { access: 'public', provenance: true },
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
