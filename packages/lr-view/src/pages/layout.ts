import { html, type Html } from '@loop-runner/html-page'
import type { Problem } from '../serve/problem.ts'

/** A page of the server: heading, navigation, content. */
export function writeLayout(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – lr-view</title>
        <link rel="stylesheet" href="/style.css" />
        <script src="/page.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <nav aria-label="Pages"><a href="/runs">Runs</a> <a href="/new">New run</a></nav>
        </header>
        <main id="main">${content}</main>
      </body>
    </html> `.markup
}

export function writeErrorPage({ status, message }: Problem): Response {
  const page = writeLayout(
    `Error ${status}`,
    html`<h1><span class="verdict bad">${status}</span> ${message}</h1>
      <p><a href="/runs">All runs</a></p>`,
  )
  return new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
