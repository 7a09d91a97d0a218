import type { PhoneStore } from '../data/store.ts'

const channelOf = (store: PhoneStore): BroadcastChannel =>
  new BroadcastChannel(`fieldback-outbox-${store.getState().identity.membershipId}`)

/** Changes the outbox, and has this person's other pages show it at once: they would at their next exchange only. */
export async function changeTogether(
  store: PhoneStore,
  work: Parameters<PhoneStore['change']>[0],
): Promise<void> {
  await store.change(work)
  const channel = channelOf(store)
  channel.postMessage(null)
  channel.close()
}

/** Shows what other pages of this person make of the outbox, and has them show what is saved here; answers how to stop. */
export function hearTogether(store: PhoneStore): () => void {
  const channel = channelOf(store)
  // Nothing is changed here: the outbox is read anew. One that was closed since is another page's matter.
  channel.onmessage = () => void store.change(async () => {}).catch(() => {})
  const lastPlace = (): number => store.getState().outbox.at(-1)?.place ?? 0
  let told = lastPlace()
  // A page that hears of it tells it on, once: the others have it by then.
  const stop = store.subscribe(() => {
    if (lastPlace() <= told) return
    told = lastPlace()
    channel.postMessage(null)
  })
  return () => {
    stop()
    channel.close()
  }
}
