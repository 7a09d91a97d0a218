// All that sends, shows and hands over what waits, fetched as one once the phone is idle: each part of its own would cost
// Today a few more bytes.
export { LeaveChoices } from '../access/leave-choices.tsx'
export { photosOf } from '../media/photos.ts'
export { default } from './outbox-screen.tsx'
