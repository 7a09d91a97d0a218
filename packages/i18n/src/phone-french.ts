import agenda from '../messages/fr/agenda.json' with { type: 'json' }
import common from '../messages/fr/common.json' with { type: 'json' }
import field from '../messages/fr/field.json' with { type: 'json' }
import giveback from '../messages/fr/giveback.json' with { type: 'json' }
import sync from '../messages/fr/sync.json' with { type: 'json' }

/** What the phone says in French: a chunk of its own, so that one language is fetched. */
export const phoneFrench = { agenda, common, field, giveback, sync }

export type PhoneCatalog = typeof phoneFrench
