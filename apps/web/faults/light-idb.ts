/**
 * What makes promises of IndexedDB keeps thousands a schedule in weak maps: a sixth of a campaign's time is spent on looking
 * them up, and on going through them for garbage. Imported before anything else that imports it, it notes them where they are.
 */
import { noteNoMore } from './noted-maps.ts'
import 'idb'

noteNoMore()
