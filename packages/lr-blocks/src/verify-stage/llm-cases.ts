import type { Part } from '@loop-runner/block-format'
import { fileBlocks, ROLE } from '@loop-runner/stage-protocol'
import { EDGES } from './edges.ts'
import { checkedStream, withContents } from './sample-stream.ts'
import type { Material, StageCase } from './stage-case.ts'

const EXAMPLE = 'src/verify-stage-example.txt'
const HOW_TO_REPLY = `Send the new version of every file, for example (indented here):

    <<<< ${EXAMPLE} <<<<
    an example
    >>>>>>>>
`

/** An llm stage gets a prompt, which is any text, and prints a reply; 1 means that there is no reply. */
export function llmCases({ files, subject }: Material): StageCase[] {
  const prompt = (contents: Readonly<Record<string, string>> = {}) =>
    checkedStream(withContents(files, contents), [
      { name: ROLE.instructions, content: 'Fix what is wrong.\n' },
      { text: HOW_TO_REPLY },
    ])
  const edges = EDGES.map(({ what, content }): StageCase => ({
    what: `a prompt that shows a file with ${what}`,
    files: { [subject]: content },
    input: prompt({ [subject]: content }),
    statuses: [0, 1],
  }))
  return [
    {
      what: 'a prompt',
      input: prompt(),
      statuses: [0, 1],
      judge: ({ status, parts }) => [...lacksReply(status, parts), ...repliesToExample(parts)],
    },
    ...edges,
    { what: 'an empty prompt', input: '', statuses: [0, 1] },
    { what: 'its output is not read', input: prompt(), isUnread: true, statuses: [0, 1] },
  ]
}

function lacksReply(status: number, parts: readonly Part[]): string[] {
  return status === 0 && parts.length === 0 ? ['exit code 0 without a reply (1 means that there is no reply)'] : []
}

/** An indented example in a prompt is text; a stage that searches the prompt for delimiters takes it for a file. */
function repliesToExample(parts: readonly Part[]): string[] {
  const isExample = fileBlocks(parts).some(({ name }) => name === EXAMPLE)
  return isExample ? [`the block ${EXAMPLE} names an example, not a source (lr-blocks list lists the sources)`] : []
}
