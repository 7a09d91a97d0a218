import { signOut } from './session.ts'

/** Signs out and shows the door, with nothing of the last page kept. */
export async function leave(): Promise<void> {
  await signOut()
  location.assign('/signin')
}
