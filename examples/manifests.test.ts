import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Types that are generated from the schemas of Kubernetes, GitHub and GitLab, by the name of a document or of a file. */
const TYPES: Readonly<Record<string, readonly [type: string, module: string]>> = {
  'apps/v1 Deployment': ['IDeployment', 'kubernetes-models/apps/v1/Deployment'],
  'batch/v1 Job': ['IJob', 'kubernetes-models/batch/v1/Job'],
  'networking.k8s.io/v1 NetworkPolicy': ['INetworkPolicy', 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'],
  'v1 PersistentVolumeClaim': ['IPersistentVolumeClaim', 'kubernetes-models/v1/PersistentVolumeClaim'],
  'v1 Service': ['IService', 'kubernetes-models/v1/Service'],
  'ci-matrix/github.yml': ['HttpsJsonSchemastoreOrgGithubWorkflowJson', '@schemastore/github-workflow'],
  'ci-matrix/gitlab.yml': ['GitlabCIConfiguration', '@schemastore/gitlab-ci'],
}
const FILES = ['kubernetes/job.yaml', 'kubernetes/service.yaml', 'ci-matrix/github.yml', 'ci-matrix/gitlab.yml']

interface Manifest {
  readonly apiVersion?: string
  readonly kind?: string
}

describe('a manifest has the fields of its schema and no other', () => {
  test.each(FILES)('%s', async (file) => {
    expect(await compile(file, readFileSync(join(here, file), 'utf8'))).toEqual({ status: 0, stdout: '' })
  })

  test.each([
    ['kubernetes/job.yaml', 'completionMode:', 'completionsMode:'],
    ['kubernetes/job.yaml', 'parallelism: 20', 'parallelism: many'],
    ['kubernetes/service.yaml', 'containerPort: 8484', 'port: 8484'],
    ['ci-matrix/github.yml', 'runs-on: ubuntu-latest', 'runs: ubuntu-latest'],
  ])('%s with "%s" as "%s" fails', async (file, from, to) => {
    const { status } = await compile(file, readFileSync(join(here, file), 'utf8').replace(from, to))
    expect(status).not.toBe(0)
  })
})

/** Compiles the documents as values of their types. */
async function compile(file: string, yaml: string): Promise<{ status: number; stdout: string }> {
  using folder = tempFolder({ 'package.json': '{ "type": "module" }' })
  symlinkSync(join(here, '../node_modules'), join(folder.path, 'node_modules'))
  const lines = parseAllDocuments(yaml).map((document, index) => {
    const value = document.toJS() as Manifest
    const [type, module] = TYPES[file] ?? TYPES[`${value.apiVersion} ${value.kind}`] ?? ['unknown type', file]
    return `import type { ${type} as T${index} } from '${module}'\nexport const value${index}: T${index} = ${JSON.stringify(value)}\n`
  })
  writeFileSync(join(folder.path, 'manifest.ts'), lines.join(''))
  const options = '--noEmit --strict --skipLibCheck --target es2023 --module esnext --moduleResolution bundler'.split(
    ' ',
  )
  const { status, stdout } = await run(join(here, '../node_modules/.bin/tsc'), [...options, 'manifest.ts'], {
    cwd: folder.path,
  })
  return { status, stdout }
}

test.skipIf(!hasProgram('git'))(
  'a worker of the Job resumes what a lost pod left behind, and pushes its branch',
  async () => {
    using folder = tempFolder({
      'replies/1.txt': '<<<< a.txt <<<<\nbad\n>>>>>>>>\nFirst.\n',
      'replies/2.txt': '<<<< a.txt <<<<\ngood\n>>>>>>>>\nSecond.\n',
      // The second request waits for ever, the first time.
      'model.sh': `cat > /dev/null; cat "$1/replies/$LR_ITERATION.txt"
        [ "$LR_ITERATION" = 1 ] || [ -e "$1/waits" ] || { touch "$1/waits"; sleep 600; }`,
      'origin/a.txt': 'x\n',
      'origin/lr.yaml': 'sources: [a.txt]\ncheck-command: [grep, -q, good, a.txt]\n',
    })
    const at = (name: string) => join(folder.path, name)
    for (const name of ['kubernetes/worker.sh', 'fleet/loop-or-resume.sh', 'fleet/kill-tree.sh']) {
      cpSync(join(here, name), at(name.replace(/.*\//, '')))
    }
    await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: at('origin') })
    mkdirSync(at('state'))
    writeFileSync(at('repositories.txt'), `https://git.example.com/other.git\n${at('origin')}\n`)
    const env = {
      JOB_COMPLETION_INDEX: '1',
      REPOSITORIES: at('repositories.txt'),
      STATE: at('state'),
      LR_MODEL: `exec:sh '${at('model.sh')}' '${folder.path}'`,
    }
    const worker = `'${at('worker.sh')}'`
    const kill = `while [ ! -e '${at('waits')}' ]; do sleep 0.1; done; '${at('kill-tree.sh')}' $!; wait $!`
    const lost = await bash(`${worker} & ${kill}`, { env })
    expect(lost.status, lost.stderr).toBe(137)
    const next = await bash(worker, { env })
    expect({ status: next.status, stdout: next.stdout }, next.stderr).toEqual({
      status: 0,
      stdout: 'resumed: repository\n',
    })
    const { stdout } = await bash('git log --format=%s main..lr-1 && git show lr-1:a.txt', { cwd: at('origin') })
    expect(stdout.split('\n').filter((line) => !line.includes('FIXES.md'))).toEqual([
      'lr: Second',
      'lr: First',
      'good',
      '',
    ])
  },
)
