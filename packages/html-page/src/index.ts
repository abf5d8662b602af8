export { writeDocument } from './document.ts'
export { asTyped, Html, html } from './html.ts'
export { limitText } from './limit-text.ts'
export { STYLE } from './style.ts'
