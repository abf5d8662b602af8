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
  const found = packages
    .filter((name) => name !== 'stage-protocol' && existsSync(join(root, 'packages', name, 'src')))
    .flatMap((name) => {
      const folder = join(root, 'packages', name, 'src')
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .flatMap((path) => {
          const hits = readFileSync(join(folder, path), 'utf8').match(literal) ?? []
          return hits.map((hit) => `${name}/src/${path}: ${hit}`)
        })
    })
  expect(found).toEqual([])
})
