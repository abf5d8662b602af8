import { expect, test } from 'vitest'
import {
  sweepFailuresAndKills,
  sweepFaults,
  sweepFullDisk,
  sweepPowerCuts,
  sweepProcesses,
  sweepTwoKills,
} from './support/sweeps.ts'
import type { Tally } from './support/tally.ts'

/** A part of what scripts/sweep/sweep-apply.ts tries. */
function expectAllRight(tally: Tally, least: number): void {
  console.log(tally.line())
  expect(tally.problems.slice(0, 5)).toEqual([])
  expect(tally.tried()).toBeGreaterThanOrEqual(least)
}

test('whatever call fails, a reply of 1, 5 or 50 files is written wholly or not at all', () => {
  expectAllRight(
    sweepFaults([
      [1, 1],
      [5, 1],
      [50, 29],
    ]),
    2000,
  )
})

test('killed, and killed again while that is put right', () => {
  expectAllRight(sweepTwoKills(5, 7, 7), 500)
})

test('failing anywhere, and killed while that is taken back', () => {
  expectAllRight(sweepFailuresAndKills(5, 1, [5, 14, 37, 61]), 1000)
})

test('whatever had reached the disk when the power went', () => {
  expectAllRight(sweepPowerCuts(3, 3), 1000)
})

test('a disk that is full at any point', () => {
  expectAllRight(sweepFullDisk([1, 5, 50], 64), 190)
})

test('real processes, killed or failing at a call', async () => {
  const errors = ['EIO', 'ENOSPC', 'short write', 'EACCES', 'EMFILE']
  const tally = await sweepProcesses([
    [1, 9, ['kill']],
    [5, 51, ['kill']],
    [5, 21, ['EIO']],
    [5, 211, errors],
    [50, 901, ['kill']],
  ])
  expectAllRight(tally, 40)
})
