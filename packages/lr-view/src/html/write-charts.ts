import { writeCost, writeSeconds } from '@loop-runner/cli-kit'
import type { ReportRound } from '@loop-runner/run-report'
import { html, type Html } from '@loop-runner/html-page'

const WIDTH = 240
const HEIGHT = 80
const TOP = 6

interface Bars {
  readonly caption: string
  readonly values: readonly (number | undefined)[]
  readonly write: (value: number) => string
}

/** Score, tokens, cost and seconds of each round as small pictures; figures that no round has are left out. */
export function writeCharts(rounds: readonly ReportRound[]): Html {
  const replies = rounds.map(({ reply }) => reply)
  const bars: Bars[] = [
    {
      caption: 'Tokens',
      values: replies.map((reply) => reply?.tokens),
      write: (tokens) => tokens.toLocaleString('en'),
    },
    { caption: 'Cost', values: replies.map((reply) => reply?.cost ?? undefined), write: writeCost },
    { caption: 'Time', values: rounds.map(({ seconds }) => seconds), write: writeSeconds },
  ]
  return html`<div class="charts">
    ${scoreChart(rounds)}
    ${bars.filter(({ values }) => values.some((value) => (value ?? 0) > 0)).map((chart) => barChart(chart, rounds))}
  </div>`
}

/** The scores of the rounds alone, small enough for a cell of a table. */
export function writeScores(rounds: readonly ReportRound[], name: string): Html {
  const points = pointsOf(rounds)
  if (points.length === 0) return html``
  return html`<svg
    class="spark"
    role="img"
    aria-label="${name}: ${describe(points)}"
    viewBox="0 0 ${WIDTH} ${HEIGHT + TOP}"
  >
    ${curve(points)}
  </svg>`
}

function scoreChart(rounds: readonly ReportRound[]): Html {
  const points = pointsOf(rounds)
  return figure('Score (0 to 1)', describe(points), curve(points))
}

interface Point {
  readonly iteration: number
  readonly score: number
  readonly passed: boolean
  readonly x: string
  readonly y: string
}

function pointsOf(rounds: readonly ReportRound[]): Point[] {
  return rounds.flatMap(({ check, iteration }, index) =>
    check ? [{ ...check, iteration, x: xOf(index, rounds.length), y: yOf(check.score) }] : [],
  )
}

function describe(points: readonly Point[]): string {
  return points
    .map(({ iteration, score, passed }) => `round ${iteration}: ${score.toFixed(2)}, ${passed ? 'pass' : 'fail'}`)
    .join('; ')
}

function curve(points: readonly Point[]): Html {
  return html`<polyline class="curve" points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" />${points.map(
      ({ x, y, passed, iteration, score }) =>
        html`<circle class="${passed ? 'pass' : 'fail'}" cx="${x}" cy="${y}" r="4"
          ><title>Round ${iteration}: ${score.toFixed(2)}</title></circle
        >`,
    )}`
}

function barChart({ caption, values, write }: Bars, rounds: readonly ReportRound[]): Html {
  const most = Math.max(...values.map((value) => value ?? 0))
  const width = Math.max(1, Math.min(16, (WIDTH / values.length) * 0.7))
  const label = values.map(
    (value, index) => `round ${rounds[index]?.iteration}: ${value === undefined ? 'unknown' : write(value)}`,
  )
  return figure(
    `${caption} (most: ${write(most)})`,
    label.join('; '),
    values.map((value, index) => {
      if (value === undefined) return html``
      const y = yOf(value / most)
      return html`<rect
        class="bar"
        x="${(Number(xOf(index, values.length)) - width / 2).toFixed(1)}"
        y="${y}"
        width="${width.toFixed(1)}"
        height="${(HEIGHT - Number(y)).toFixed(1)}"
        ><title>${label[index]}</title></rect
      >`
    }),
  )
}

function figure(caption: string, label: string, content: Html | readonly Html[]): Html {
  return html`<figure>
    <figcaption>${caption}</figcaption>
    <svg role="img" aria-label="${caption}: ${label}" viewBox="0 0 ${WIDTH} ${HEIGHT + TOP}">
      <line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}" />
      ${content}
    </svg>
  </figure> `
}

/** The middle of a round's share of the width. */
function xOf(index: number, count: number): string {
  return (((index + 0.5) / count) * WIDTH).toFixed(1)
}

/** 0 is the axis, 1 the top. */
function yOf(share: number): string {
  return (HEIGHT - share * (HEIGHT - TOP)).toFixed(1)
}
