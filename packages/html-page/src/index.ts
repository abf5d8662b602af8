export { writeDocument } from './document.ts'
export { asTyped, Html, html } from './html.ts'
export { STYLE } from './style.ts'
