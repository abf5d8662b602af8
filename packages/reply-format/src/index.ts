export { DONE_PHRASE } from './done-phrase.ts'
export { REPLY_FORMS, type ReplyForm, replyInstructions } from './instructions.ts'
