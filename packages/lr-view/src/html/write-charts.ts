import { writeCost, writeSeconds } from '@loop-runner/cli-kit'
import type { ReportRound } from '@loop-runner/run-report'
import { html, type Html } from '@loop-runner/html-page'

const WIDTH = 240
/** Of the axis. */
const HEIGHT = 80
const TOP = 6
/** Room for the numbers at the left of the score. */
const LEFT = 12
/** Room for the numbers of the rounds below the axis. */
const BELOW = 16
const MAX_LABELS = 10

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
  const scale = [0, 1].map(
    (score) =>
      html`<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${yOf(score)}" y2="${yOf(score)}" /><text
          x="0"
          y="${Number(yOf(score)) + 3}"
          >${score}</text
        >`,
  )
  const label = describe(points)
  return figure(
    { caption: 'Score', label: `Score (0 to 1): ${label}`, numbers: rounds.map(({ iteration }) => iteration) },
    html`${scale}${curve(points)}`,
  )
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
  const radius = Math.max(1.2, Math.min(4, (WIDTH - LEFT) / points.length / 2)).toFixed(1)
  return html`<polyline class="curve" points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" />${points.map(
      ({ x, y, passed, iteration, score }) =>
        html`<circle class="${passed ? 'pass' : 'fail'}" cx="${x}" cy="${y}" r="${radius}"
          ><title>Round ${iteration}: ${score.toFixed(2)}</title></circle
        >`,
    )}`
}

function barChart({ caption, values, write }: Bars, rounds: readonly ReportRound[]): Html {
  const most = Math.max(...values.map((value) => value ?? 0))
  const width = Math.max(1, Math.min(16, ((WIDTH - LEFT) / values.length) * 0.7))
  const label = values.map(
    (value, index) => `round ${rounds[index]?.iteration}: ${value === undefined ? 'unknown' : write(value)}`,
  )
  const numbers = rounds.map(({ iteration }) => iteration)
  return figure(
    { caption: `${caption} (most: ${write(most)})`, label: `${caption}: ${label.join('; ')}`, numbers },
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

interface FigureText {
  readonly caption: string
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  /** Of the rounds, from left to right. */
  readonly numbers: readonly number[]
}

function figure({ caption, label, numbers }: FigureText, content: Html | readonly Html[]): Html {
  const step = labelStep(numbers.length)
  return html`<figure>
    <figcaption>${caption}</figcaption>
    <svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${HEIGHT + BELOW}">
      <line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}" />
      ${numbers.map(
        (number, index) =>
          index % step === 0 &&
          html`<text class="round-number" x="${xOf(index, numbers.length)}" y="${HEIGHT + BELOW - 3}">${number}</text>`,
      )}
      ${content}
    </svg>
  </figure> `
}

/** Every how many rounds one has its number: 1, 2, 5, 10, 20 … */
function labelStep(count: number): number {
  let power = 1
  for (;;) {
    const step = [1, 2, 5].map((digit) => digit * power).find((each) => count / each <= MAX_LABELS)
    if (step !== undefined) return step
    power *= 10
  }
}

/** The middle of a round's share of the width. */
function xOf(index: number, count: number): string {
  return (LEFT + ((index + 0.5) / count) * (WIDTH - LEFT)).toFixed(1)
}

/** 0 is the axis, 1 the top. */
function yOf(share: number): string {
  return (HEIGHT - share * (HEIGHT - TOP)).toFixed(1)
}
