import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { errorCode, parseJson, reasonOf } from '@loop-runner/cli-kit'
import { NO_ANSWER } from '../answer/answer.ts'
import type { Context } from '../context.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { type Recording, matchOf, readRecording, type Result } from './recording.ts'
import { LlmFailure } from '../answer/failure.ts'
import { nextPlace } from './replay-place.ts'

/**
 * The recorded answer to a request: the recording with the same messages and options, or, `inOrder` and in a folder of
 * scripted replies, the next one.
 *
 * @throws LlmFailure the recorded one, or one of kind `setup` if nothing matches
 */
export async function replay(path: string, request: ChatRequest, inOrder: boolean, io: Context): Promise<Result> {
  const full = resolve(io.cwd, path)
  if (isFolder(full, path)) return replayScript(full, io)
  const recordings = readExchanges(full, path)
  const outcome = inOrder ? await inTurn(recordings, full, io) : await matching(recordings, request)
  if (!outcome) {
    throw new LlmFailure('setup', `${path}: no recorded answer to this request (same messages and options)`)
  }
  if (outcome instanceof LlmFailure) throw outcome
  return outcome
}

/** The last recording of the request: a file that is appended to has the newest at its end. */
async function matching(recordings: readonly Recording[], request: ChatRequest) {
  const match = await matchOf(request)
  return recordings.findLast((recording) => recording.match === match)?.outcome
}

async function inTurn(recordings: readonly Recording[], path: string, io: Context) {
  const place = await nextPlace(path, recordings.length, io)
  return recordings[place - 1]?.outcome
}

async function replayScript(folder: string, io: Context): Promise<Result> {
  const count = countReplies(folder)
  if (count === 0)
    throw new LlmFailure('setup', `${folder}: 1.txt is missing (the replies in a folder are 1.txt, 2.txt …)`)
  const place = await nextPlace(folder, count, io)
  const path = join(folder, `${place}.txt`)
  const text = readRecord(path, path)
  if (text.trim() === '') throw new LlmFailure('empty', `${path}: the answer is empty`)
  return { label: 'replay', answer: { ...NO_ANSWER, text, finish: 'stop', ended: true }, seconds: 0 }
}

function countReplies(folder: string): number {
  let count = 0
  while (statSync(join(folder, `${count + 1}.txt`), { throwIfNoEntry: false })) count++
  return count
}

function readExchanges(full: string, path: string): Recording[] {
  const lines = readRecord(full, path).split('\n')
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const recording = readRecording(parseJson(line))
    if (!recording) {
      const instead = 'a file is what --record wrote; plain replies stand in a folder, as 1.txt, 2.txt …'
      throw new LlmFailure('setup', `${path}: line ${index + 1} is not a recorded request (${instead})`)
    }
    return [recording]
  })
}

function isFolder(full: string, path: string): boolean {
  try {
    return statSync(full).isDirectory()
  } catch (error) {
    throw new LlmFailure('setup', `${path}: ${reasonOf(error)}`)
  }
}

function readRecord(full: string, path: string): string {
  try {
    return readFileSync(full, 'utf8')
  } catch (error) {
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such reply' : reasonOf(error)
    throw new LlmFailure('setup', `${path}: ${reason}`)
  }
}
