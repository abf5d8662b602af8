import { join } from 'node:path'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'

/** The model waits until the commands have been tried. */
const SCRIPT = `
git init -q -b main && git add -A && git commit -qm start
lr-loop -q --run-dir ../run -i1 --llm 'touch ../asked; until [ -e ../go ]; do sleep 0.05; done; echo no' a.txt -- grep -q 1 a.txt &
loop=$!
until [ -e ../asked ]; do kill -0 $loop || exit; sleep 0.05; done
for command in start abandon undo best finish 'finish --squash'; do
  lr-git $command 2> ../error; echo "$command: $?"; grep -c "a loop .* is at work here, process $loop" ../error
done
git branch --format='%(refname:short)'
touch ../go; wait $loop; echo "loop: $?"`

test.skipIf(!hasProgram('git'))('lr-git refuses, with 4, a tree that a loop holds', async () => {
  using folder = tempFolder({ 'tree/a.txt': '0\n' })
  const { stdout } = await bash(SCRIPT, { cwd: join(folder.path, 'tree') })
  const commands = ['start', 'abandon', 'undo', 'best', 'finish', 'finish --squash']
  expect(stdout).toBe(`${commands.map((command) => `${command}: 4\n1\n`).join('')}main\nloop: 1\n`)
})
