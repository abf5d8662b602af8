import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { projectsIn } from '../../src/planning/project-references.ts'

const only = (...paths: readonly string[]) => JSON.stringify({ files: [], references: paths.map((path) => ({ path })) })

test.each<[string, Record<string, string>, readonly string[]]>([
  ['a project with files', { 'tsconfig.json': '{ "include": ["src"], "references": [{ "path": "a" }] }' }, ['.']],
  ['no project file', {}, ['.']],
  ['one that is broken', { 'tsconfig.json': '{ "files": [], ' }, ['.']],
  ['files of none, and no references', { 'tsconfig.json': '{ "files": [] }' }, ['.']],
  ['files of none, but folders', { 'tsconfig.json': '{ "files": [], "include": ["a"], "references": [] }' }, ['.']],
  [
    'references to files and folders',
    { 'tsconfig.json': only('./tsconfig.app.json', 'b'), 'tsconfig.app.json': '{}', 'b/tsconfig.json': '{}' },
    ['tsconfig.app.json', 'b'],
  ],
  [
    'references to references, and back',
    { 'tsconfig.json': only('a'), 'a/tsconfig.json': only('../b', '..'), 'b/tsconfig.json': '{}' },
    ['b'],
  ],
  [
    'comments and last commas',
    {
      'tsconfig.json':
        '{ /* none, */ "$schema": "https://x/y", "files": [], // here\n "references": [{ "path": "a" },], }',
      'a/tsconfig.json': '{}',
    },
    ['a'],
  ],
])('%s: %j is %j', (_case, files, projects) => {
  using folder = tempFolder(files)
  expect(projectsIn('.', folder.path)).toEqual(projects)
})
