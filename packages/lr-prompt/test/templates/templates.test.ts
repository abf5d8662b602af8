import { writeStream } from '@loop-runner/block-format'
import { bash, tempFolder } from '@loop-runner/test-kit'
import { replyInstructions } from '@loop-runner/reply-format'
import { describe, expect, test } from 'vitest'
import { FAILING, prompt } from '../support/sample-stream.ts'

describe('templates', () => {
  test('the printed template gives the same bytes', async () => {
    using folder = tempFolder({ in: writeStream(FAILING) })
    const { stdout } = await bash(
      'lr-prompt --print-template > t.eta && lr-prompt < in > one && lr-prompt -t t.eta < in > two && cmp one two && echo same',
      { cwd: folder.path },
    )
    expect(stdout).toBe('same\n')
  })

  test.each([
    ['markup as it is', '<%= "a < b && \'c\'" %>', "a < b && 'c'"],
    ['newlines after tags', '<%= 1 %>\n\n<% const x = 2 %>\n<%= x %>\n', '1\n\n\n2\n'],
    ['files', '<% for (const f of it.files) { %><%= f.path %>=<%= f.content.length %>;<% } %>', 'src/a.py=9;'],
    [
      'runs',
      '<%= it.runs.map((r) => [r.command.trim(), r.status, r.outcome, r.stdout.trim()].join()).join() %>',
      'pytest -q,1,fail,boom',
    ],
    [
      'blocks of their own',
      "<%= it.block('note', 'x') %>",
      '<<<< note <<<<\nx\n>>>>>>>>\n\\ No newline at end of file\n',
    ],
    ['an absent script', '[<%= it.script %>]', '[]'],
    ['partials', "<%~ include('part', { who: 'me' }) %>", 'part for me, src/a.py'],
    ['content that looks like a tag', '<%= it.instructions %>', '<%= it.runs %>\n'],
  ])('show %s', async (_case, template, expected) => {
    using folder = tempFolder({ 't.eta': template, 'part.eta': 'part for <%= it.who %>, <%= it.files[0].path %>' })
    const args = ['-t', 't.eta', '--reply', 'none', '-i', '<%= it.runs %>']
    const { stdout, stderr } = await prompt(args, FAILING, { cwd: folder.path })
    expect({ stdout, stderr }).toEqual({ stdout: expected, stderr: '' })
  })

  test.each([
    ['an unknown name', '\n<%= it.fils %>', 't.eta: line 2: it.fils is not known (known: block, blocks, files, '],
    [
      'an unknown name further down',
      '<%= it.runs[0].exit %>',
      't.eta: line 1: it.runs[].exit is not known (known: command, ',
    ],
    ['an unknown name in a partial', "\n<%~ include('bad') %>", 'bad: line 3: it.nope is not known'],
    [
      'a partial that is no template',
      "<%~ include('broken') %>",
      't.eta: line 1: unclosed tag at line 1 col 3: ab<% if',
    ],
    ['a partial that is not there', "<%~ include('gone') %>", 't.eta: partial gone.eta: no such file or directory'],
    ['a partial elsewhere', "<%~ include('../x') %>", 't.eta: partial "../x" is outside'],
    ['a list where a text is due', '<%= it.files %>', 't.eta: line 1: a tag prints an object'],
    ['a tag that is not closed', 'a\n<% if', 't.eta: unclosed tag at line 2 col 1'],
    ['bad JavaScript', '<% if ( { %>', 't.eta: Bad template syntax: '],
    [
      'a block without content',
      "<%= it.block('x') %>",
      'it.block(name, content) takes two strings, not string and undefined',
    ],
  ])('report %s', async (_case, template, message) => {
    using folder = tempFolder({ 't.eta': template, 'bad.eta': '\n\n<%= it.nope %>', 'broken.eta': 'ab<% if' })
    const { status: code, stdout, stderr } = await prompt(['-t', 't.eta'], FAILING, { cwd: folder.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  test.each([
    ['appended where they are left out', 'hello', `hello\n${replyInstructions('edit', 4)}`],
    ['appended where only a partial is included', "<%~ include('part') %>", `part\n${replyInstructions('edit', 4)}`],
    ['not appended where a partial has them', "<%~ include('asks') %>!", `${replyInstructions('edit', 4)}!`],
    ['not appended where they stand', 'A <%= it.reply %> B', `A ${replyInstructions('edit', 4)} B`],
  ])('the fixed instructions are %s', async (_case, template, expected) => {
    using folder = tempFolder({ 't.eta': template, 'part.eta': 'part', 'asks.eta': '<%= it.reply %>' })
    const { stdout } = await prompt(['-t', 't.eta', '--reply', 'edit'], FAILING, { cwd: folder.path })
    expect(stdout).toBe(expected)
  })

  test('--set adds names', async () => {
    using folder = tempFolder({ 't.eta': '<%= it.who %> <%= it.why %>' })
    const args = ['-t', 't.eta', '--set', 'who=you', '--set', 'why=a=b', '--reply', 'none']
    const { stdout } = await prompt(args, FAILING, { cwd: folder.path })
    expect(stdout).toBe('you a=b')
  })

  test.each([
    ['who', 'option --set: "who" is not NAME=VALUE'],
    ['a b=c', 'option --set: "a b=c" is not NAME=VALUE'],
    ['files=x', 'option --set: it.files is already a field of the template'],
  ])('--set %s is refused', async (pair, message) => {
    const { status, stderr } = await prompt(['--set', pair], FAILING)
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) })
  })

  test('a layout puts a template inside another', async () => {
    using folder = tempFolder({
      't.eta': "<% layout('outer') %>inner",
      'outer.eta': '[<%~ it.body %> <%= it.files.length %>]',
    })
    const { stdout, stderr } = await prompt(['-t', 't.eta', '--reply', 'none'], FAILING, { cwd: folder.path })
    expect({ stdout, stderr }).toEqual({ stdout: '[inner 1]', stderr: '' })
  })

  test.each(['LR_TEMPLATE', 'LR_PROMPT_TEMPLATE'])('may be named by %s', async (variable) => {
    using folder = tempFolder({ 't.eta': '<%= it.who %>' })
    const env = { [variable]: 't.eta', LR_PROMPT_SET: 'who=me', LR_PROMPT_REPLY: 'none' }
    expect(await prompt([], FAILING, { cwd: folder.path, env })).toEqual({ status: 0, stdout: 'me', stderr: '' })
  })

  test('cannot be named by a configuration file', async () => {
    using configured = tempFolder({ 'lr.yaml': 'template: t.eta\n' })
    expect(await prompt([], FAILING, { cwd: configured.path })).toMatchObject({ status: 2, stdout: '' })
  })
})
