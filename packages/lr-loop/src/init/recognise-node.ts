import type { Folder } from './folder.ts'
import { type TestCommand, testCommand } from './test-command.ts'

interface Package {
  readonly scripts?: { readonly test?: unknown }
  readonly workspaces?: unknown
  readonly dependencies?: object
  readonly devDependencies?: object
}

const MANAGERS: readonly (readonly [lock: string, test: string, inAll: string])[] = [
  ['pnpm-lock.yaml', 'pnpm test', 'pnpm -r test'],
  ['yarn.lock', 'yarn test', 'yarn workspaces run test'],
  ['bun.lock', 'bun run test', 'bun run --filter=* test'],
  ['bun.lockb', 'bun run test', 'bun run --filter=* test'],
  ['package.json', 'npm test', 'npm test --workspaces --if-present'],
]
/** Runners that a package may depend on without a script for them; `vitest` alone would go on watching. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  vitest: ['vitest', 'run'],
  jest: ['jest'],
  mocha: ['mocha'],
  ava: ['ava'],
}

/** The tests in package.json: a script, its workspaces, or a runner. */
export function packageTests(folder: Folder): TestCommand | undefined {
  const { files, read } = folder
  const found = parsePackage(read('package.json'))
  if (!found) return undefined
  const [, test = '', inAll = ''] = MANAGERS.find(([lock]) => files.includes(lock)) ?? []
  if (hasTestScript(found)) {
    const script = testCommand(test.split(' '), 'the script "test" of package.json')
    const instead = filesOfNode(folder)
    return instead ? { ...script, instead } : script
  }
  return found.workspaces !== undefined || files.includes('pnpm-workspace.yaml')
    ? testCommand(inAll.split(' '), 'the workspaces of package.json')
    : installedRunner(found)
}

/** The placeholder that `npm init` writes is not a test. */
function hasTestScript({ scripts }: Package): boolean {
  const script = scripts?.test
  return typeof script === 'string' && !script.includes('no test specified')
}

function installedRunner({ dependencies, devDependencies }: Package): TestCommand | undefined {
  const installed = { ...dependencies, ...devDependencies }
  const [name, words] = Object.entries(RUNNERS).find(([runner]) => Object.hasOwn(installed, runner)) ?? []
  if (name === undefined || words === undefined) return undefined
  const proof = ['npx', '--no-install', name, '--version']
  return { ...testCommand(['npx', ...words], `${name} in package.json`, proof), needs: name }
}

function parsePackage(text: string): Package | undefined {
  try {
    const parsed = JSON.parse(text) as unknown
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}

/** The tests that Bun itself runs if package.json names none. */
export function bunTest(folder: Folder): TestCommand | undefined {
  const { files } = folder
  const because = ['bun.lock', 'bun.lockb', 'bunfig.toml'].find((name) => files.includes(name))
  const hasTests = namesInside(folder).some((path) => /[._](test|spec)\.[cm]?[jt]sx?$/.test(path))
  if (because === undefined || !hasTests || packageTests(folder)) return undefined
  return testCommand(['bun', 'test'], because)
}

/** The tests that Node itself runs if package.json names none. */
export function nodeTest(folder: Folder): TestCommand | undefined {
  return packageTests(folder) ? undefined : filesOfNode(folder)
}

function namesInside({ files, list }: Folder): string[] {
  return [...files, ...['test', 'src'].flatMap((folder) => list(folder).map((name) => `${folder}/${name}`))]
}

function filesOfNode(folder: Folder): TestCommand | undefined {
  const because = namesInside(folder).find((path) => /(^test\/[^/]+|[.-]test)\.[cm]?js$/.test(path))
  return because === undefined ? undefined : testCommand(['node', '--test'], because)
}
