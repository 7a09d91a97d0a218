import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts the process of the phones; `tell` asks it for something and answers what it says. */
export function openPhones() {
  const child = fork(fileURLToPath(new URL('phones.mjs', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const tell = (message) =>
    new Promise((done, fail) => {
      const ended = () => fail(new Error('The process of the phones ended.'))
      child.once('exit', ended)
      child.once('message', (answer) => {
        child.off('exit', ended)
        if (answer.failed) fail(new Error(answer.failed))
        else done(answer.done)
      })
      child.send(message)
    })
  return { tell, close: () => child.kill() }
}
