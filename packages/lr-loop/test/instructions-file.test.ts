import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'

/** Asks a model that prints its prompt into a file. */
async function promptOf(files: Readonly<Record<string, string>>, options: readonly string[], below = '.') {
  using folder = tempFolder({ 'src/a.txt': 'one\n', 'sub/empty': '', ...files })
  const model = `--llm=cat > ${folder.path}/prompt; printf '<<<< src/a.txt <<<<\\ntwo\\n>>>>>>>>\\n'`
  const args = ['-q', '--no-git', '-i1', model, ...options]
  const { status, stderr } = await run('lr-loop', args, { cwd: `${folder.path}/${below}` })
  const { stdout } = await run('cat', [`${folder.path}/prompt`])
  return { status, stderr, prompt: stdout }
}

const CHECK = ['src', '--', 'true']

test('the task is read from a file, and asked although the check passes', async () => {
  const asked = await promptOf({ 'task.md': 'Write two.\n' }, ['--instructions-file=task.md', ...CHECK])
  expect(asked).toMatchObject({ status: 0, prompt: expect.stringContaining('\nWrite two.\n') as string })
})

test('--instructions come first', async () => {
  const options = ['--instructions=Be brief.', '--instructions-file=task.md', ...CHECK]
  const { prompt } = await promptOf({ 'task.md': 'Write two.\n' }, options)
  expect(prompt).toContain('Be brief.\n\nWrite two.')
})

test('in a folder below an lr.yaml the file is looked for where it was named', async () => {
  const yaml = 'sources: [src]\ncheck-command: "true"\n'
  const files = { 'lr.yaml': yaml, 'sub/task.md': 'Write two.\n' }
  const { prompt, stderr } = await promptOf(files, ['--instructions-file=task.md'], 'sub')
  expect(prompt, stderr).toContain('Write two.')
})

test.each([
  { title: 'is not there', files: {}, says: 'task.md: no such file' },
  { title: 'is empty', files: { 'task.md': ' \n' }, says: 'task.md: the file is empty' },
  { title: 'is a folder', files: { 'task.md/x': '' }, says: 'task.md: ' },
])('a file that $title: exit code 2', async ({ files, says }) => {
  const asked = await promptOf(files, ['--instructions-file=task.md', ...CHECK])
  expect(asked).toMatchObject({ status: 2, stderr: expect.stringContaining(says) as string })
})
