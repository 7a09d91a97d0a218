import type { ToldView } from '../features/view/told-view.ts'
import { caller } from './caller.ts'

/** The reader's tiles, sent with the page; undefined when they could not be read: the screen asks again, and says why. */
export async function boardStart(): Promise<ToldView[] | undefined> {
  const { view } = await caller()
  // The same as over the wire, where nothing that is left out is told to be.
  return view.board().then(
    (told) => told as ToldView[],
    () => undefined,
  )
}
