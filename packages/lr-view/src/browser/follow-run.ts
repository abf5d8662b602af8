/** Lines of the log that are kept on the page. */
const MAX_LINES = 2000
/** EventSource itself connects again after an error of the network, not after one of HTTP: the server may be starting. */
const RETRY_MS = 2000
/** Events after which the report has something new. */
const NEWS = new Set(['checked', 'replied', 'attempt-ended'])

interface RunEvent {
  readonly time: string
  readonly event: string
  readonly text?: string
  /** The attempt in which it happened. */
  readonly in?: number
}

/** Shows the events of a run as they happen, and the report again after each round. */
export function followRun(log: HTMLElement): void {
  const address = log.dataset['events'] ?? ''
  const status = document.querySelector('#log-status')
  const say = (text: string) => {
    if (status && status.textContent !== text) status.textContent = text
  }
  let last = ''
  const connect = () => {
    const source = new EventSource(last === '' ? address : `${address}?from=${encodeURIComponent(last)}`)
    source.addEventListener('open', () => say('The run is at work.'))
    source.addEventListener('message', ({ data, lastEventId }: MessageEvent<string>) => {
      last = lastEventId
      const event = JSON.parse(data) as RunEvent
      addLine(log, event)
      if (NEWS.has(event.event)) refreshSoon()
    })
    source.addEventListener('over', () => {
      source.close()
      say('The run has ended.')
      location.reload()
    })
    source.addEventListener('error', () => {
      say('The connection is lost; trying again.')
      if (source.readyState !== EventSource.CLOSED) return
      source.close()
      setTimeout(connect, RETRY_MS)
    })
  }
  connect()
}

function addLine(log: HTMLElement, { time, text, in: attempt }: RunEvent): void {
  if (text === undefined) return
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40
  const line = document.createElement('li')
  const clock = document.createElement('time')
  clock.dateTime = time
  clock.textContent = new Date(time).toLocaleTimeString()
  line.append(clock, ` ${attempt === undefined ? '' : `attempt ${attempt}: `}${text}`)
  log.append(line)
  while (log.childElementCount > MAX_LINES) log.firstElementChild?.remove()
  if (isAtEnd) log.scrollTop = log.scrollHeight
}

let isRefreshing = false
let isDirty = false

/** Fetches the report again; events that arrive meanwhile are served by one more request. */
function refreshSoon(): void {
  isDirty = true
  if (isRefreshing) return
  isRefreshing = true
  void (async () => {
    while (isDirty) {
      isDirty = false
      await refresh().catch(() => {})
    }
    isRefreshing = false
  })()
}

async function refresh(): Promise<void> {
  const response = await fetch(location.pathname, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const [fresh, shown] = [page.querySelector('#report'), document.querySelector('#report')]
  if (!fresh || !shown) return
  const open = new Map([...shown.querySelectorAll<HTMLDetailsElement>('details[id]')].map(({ id, open }) => [id, open]))
  for (const details of fresh.querySelectorAll<HTMLDetailsElement>('details[id]')) {
    details.open = open.get(details.id) ?? details.open
  }
  shown.replaceWith(document.adoptNode(fresh))
}
