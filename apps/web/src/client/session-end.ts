import type { AppRouter } from '@fieldback/api/root'
import type { TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { toldError } from './error-code.ts'

type Answer = (again: boolean) => void

const asking = new Set<Answer>()
const watchers = new Set<() => void>()
/** The person has put it off: what a page reads by itself does not ask him again, what he does himself does. */
let putOff = false

function tell(): void {
  for (const watcher of watchers) watcher()
}

/** Whether something waits for the session to be open again; to be watched. */
export const isAsked = (): boolean => asking.size > 0
export function watchAsked(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Waits for the person to sign in again on this page: true once he has, false when he leaves it for later. */
function askToSignIn(): Promise<boolean> {
  return new Promise((answer) => {
    asking.add(answer)
    tell()
  })
}

/** Lets go on, or gives up, whatever waits. */
export function answerAll(again: boolean): void {
  const answers = [...asking]
  asking.clear()
  putOff = !again
  for (const answer of answers) answer(again)
  tell()
}

/** Does something that needs the session, once more when it had ended and the person has signed in again. */
export async function inSession<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (toldError(error).code === 'UNAUTHENTICATED' && (await askToSignIn())) return inSession(work)
    throw error
  }
}

/** A call that finds the session ended waits, and is made again once it is open: what was typed is sent, not lost. */
export const whenSignedIn: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let call: Unsubscribable | null = null
      let over = false
      const send = () => {
        call = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: async (error) => {
            const ended = toldError(error).code === 'UNAUTHENTICATED' && !(putOff && op.type === 'query')
            const again = ended && (await askToSignIn())
            if (over) return
            if (again) send()
            else observer.error(error)
          },
        })
      }
      send()
      return () => {
        over = true
        call?.unsubscribe()
      }
    })
