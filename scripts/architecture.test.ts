import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROLE } from '@loop-runner/stage-protocol'
import { expect, test } from 'vitest'
import { root } from './programs.ts'

const packages = readdirSync(join(root, 'packages')).toSorted()
const page = readFileSync(join(root, 'docs/ARCHITECTURE.md'), 'utf8')
/** Layers in the order of the page, each with its packages. */
const layers = [...(page.split('<!-- layers')[1]?.matchAll(/^\| ([a-z]+) \| (`.+`) \|$/gm) ?? [])].map(
  ([, , names = '']) => [...names.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name),
)
const layerOf = (name: string) => layers.findIndex((names) => names.includes(name))

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}
const dependenciesOf = (name: string) => {
  const { dependencies = {} } = JSON.parse(
    readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
  ) as Manifest
  return Object.keys(dependencies).flatMap((dependency) => dependency.split('@loop-runner/').slice(1))
}

test('the page lists every package once', () => {
  expect(layers.flat().toSorted()).toEqual(packages)
})

test.each(packages)('%s depends only on packages of earlier layers, or of its own, and on no program', (name) => {
  const wrong = dependenciesOf(name).filter(
    (dependency) => (dependency.startsWith('lr-') && name !== 'library') || layerOf(dependency) > layerOf(name),
  )
  expect(wrong).toEqual([])
})

test('packages do not depend on each other in a circle', () => {
  expect(cyclesOf(new Map(packages.map((name) => [name, dependenciesOf(name)])))).toEqual([])
})

/** Strongly connected parts of a graph with more than one node (Tarjan 1972), each sorted. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const indexes = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[][] = []
  function visit(node: string): number {
    const index = indexes.size
    indexes.set(node, index)
    stack.push(node)
    let low = index
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue
      if (!indexes.has(next)) low = Math.min(low, visit(next))
      else if (stack.includes(next)) low = Math.min(low, indexes.get(next) ?? low)
    }
    if (low === index) {
      const part = stack.splice(stack.indexOf(node))
      if (part.length > 1) cycles.push(part.toSorted())
    }
    return low
  }
  for (const node of graph.keys()) if (!indexes.has(node)) visit(node)
  return cycles
}

test('docs/format.md has a row for every role', () => {
  const format = readFileSync(join(root, 'docs/format.md'), 'utf8')
  const [, table = ''] = format.split('| role | content | written by |')
  const rows = [...table.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+|\(unnamed\)) \|/gm)].flatMap(([, names = '']) =>
    names.replaceAll('`', '').split(', '),
  )
  expect(rows.toSorted()).toEqual(
    Object.values(ROLE)
      .map((role) => (role === '' ? '(unnamed)' : role))
      .toSorted(),
  )
})

test('roles of blocks are named by stage-protocol alone', () => {
  const roles = Object.values(ROLE).filter((role) => role !== '')
  const literal = new RegExp(
    String.raw`(?:\b(?:part|block)\.name [!=]== |\bname: |\b(?:contentsOf|linesOf|writeRole|hasRole)\((?:[^()']*, )?)'(?:${roles.join('|')})'`,
    'g',
  )
  expect(hitsOf(literal, 'stage-protocol/')).toEqual([])
})

test('git is started, and hardened, by cli-kit alone', () => {
  const start =
    /\bfile: '(?:[^'\n]*\/)?git'|\b(?:findOnPath|runText|execa|spawn)\('git'|'(?:git [a-z-]+ |[^'\n]*(?:;|&&) *git )[^'\n]*(?:&&|;)/g
  expect(hitsOf(start, 'cli-kit/src/git/')).toEqual([])
  expect(hitsOf(/\b(?:core\.(?:fsmonitor|hooksPath|sshCommand)|GIT_NO_LAZY_FETCH)\b/g, 'cli-kit/src/git/')).toEqual([])
  // The one other caller knows which file it is; how it is started is still for cli-kit.
  expect(hitsOf(/\bfindGit\(/g, 'cli-kit/src/git/')).toEqual(['git-engine/src/repository/open-engine.ts: findGit('])
})

/** Where the sources of packages, but of the one for tests, match, except in the paths that begin so. */
function hitsOf(pattern: RegExp, except: string): string[] {
  return packages
    .filter((name) => name !== 'test-kit' && existsSync(join(root, 'packages', name, 'src')))
    .flatMap((name) => {
      const folder = join(root, 'packages', name, 'src')
      const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
      return paths.map((path) => `${name}/src/${path}`)
    })
    .filter((path) => !path.startsWith(except))
    .flatMap((path) => {
      const hits = readFileSync(join(root, 'packages', path), 'utf8').match(pattern) ?? []
      return hits.map((hit) => `${path}: ${hit}`)
    })
}
