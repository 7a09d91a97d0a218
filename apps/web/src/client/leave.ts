import { signOut } from './session.ts'

/** One's other pages of this browser hear of it: nothing of them stays on the screen either. */
const CHANNEL = 'fieldback-left'

/** Signs out and shows the door, with nothing of the last page kept. */
export async function leave(): Promise<void> {
  await signOut()
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
  location.assign('/signin')
}

/** Shows the door when the person signs out on another page of this browser. */
export function leaveTogether(): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => location.assign('/signin')
  return () => channel.close()
}
