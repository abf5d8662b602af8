import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { readEarlierVersions } from '../src/earlier-versions.ts'
import { hashOf } from '../src/hash.ts'
import { treeStatePath } from '../src/tree-state.ts'

/** A tree with `a.txt` and `b.txt`, and lr-apply with a state folder of its own. */
function makeTree() {
  const folder = tempFolder({ 'tree/a.txt': 'one\n', 'tree/b.txt': 'b\n' })
  const cwd = join(folder.path, 'tree')
  const env = { XDG_STATE_HOME: join(folder.path, 'state') }
  const file = join(cwd, 'a.txt')
  const reply = async (name: string, content: string) => {
    const stdin = `<<<< ${name} <<<<\n${content}>>>>>>>>\n`
    const { status, stderr } = await run('lr-apply', ['--new', name], { cwd, env, stdin })
    expect(status, stderr).toBe(0)
  }
  const versions = async (path = file) => {
    const bytes = existsSync(path) ? readFileSync(path) : undefined
    const io = { cwd, env, warn: (line: string) => expect(line).toBe('no warning') }
    const found = (await readEarlierVersions([{ file: path, bytes }], io)).get(path)
    return found?.map((version) => version && { text: version.bytes.toString(), mode: version.mode })
  }
  return { cwd, env, file, reply, versions, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

const MODE = 0o644
const user = (text: string) => ({ text, mode: MODE })

test('a tree without replies has no earlier versions', async () => {
  using tree = makeTree()
  expect(await tree.versions()).toBeUndefined()
})

test('versions come newest first and end with the one of the user', async () => {
  using tree = makeTree()
  await tree.reply('a.txt', 'two\n')
  await tree.reply('b.txt', 'other\n')
  await tree.reply('a.txt', 'three\n')
  expect(await tree.versions()).toEqual([user('two\n'), user('one\n')])
})

test('a file that a reply made did not exist before', async () => {
  using tree = makeTree()
  await tree.reply('new.txt', 'x\n')
  expect(await tree.versions(join(tree.cwd, 'new.txt'))).toEqual([undefined])
})

test('a file that was changed after the reply has no known earlier version', async () => {
  using tree = makeTree()
  await tree.reply('a.txt', 'two\n')
  writeFileSync(tree.file, 'mine\n')
  expect(await tree.versions()).toEqual([])
  rmSync(tree.file)
  expect(await tree.versions()).toEqual([])
})

test('a version that the user wrote between two replies ends the list', async () => {
  using tree = makeTree()
  await tree.reply('a.txt', 'two\n')
  writeFileSync(tree.file, 'mine\n')
  await tree.reply('a.txt', 'three\n')
  expect(await tree.versions()).toEqual([user('mine\n')])
})

test('a version that is no longer kept ends the list', async () => {
  using tree = makeTree()
  await tree.reply('a.txt', 'two\n')
  await tree.reply('a.txt', 'three\n')
  const state = treeStatePath(tree.cwd, tree.env)
  const hash = hashOf(Buffer.from('one\n'))
  const kept = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(hash))
  expect(kept).toHaveLength(1)
  for (const name of kept) rmSync(join(state, name))
  expect(await tree.versions()).toEqual([user('two\n')])
})
