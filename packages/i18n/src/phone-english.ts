import agenda from '../messages/en/agenda.json' with { type: 'json' }
import common from '../messages/en/common.json' with { type: 'json' }
import field from '../messages/en/field.json' with { type: 'json' }
import giveback from '../messages/en/giveback.json' with { type: 'json' }
import sync from '../messages/en/sync.json' with { type: 'json' }
import type { PhoneCatalog } from './phone-french.ts'

/** What the phone says in English. */
export const phoneEnglish: PhoneCatalog = {
  agenda,
  common,
  field,
  giveback,
  sync,
}
