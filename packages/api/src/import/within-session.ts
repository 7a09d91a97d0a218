import type { ScopedDb } from '@fieldback/db/scoped-db'
import { requireWholeOrganisation } from '../access/administer.ts'
import type { Context } from '../context.ts'
import { withinSession as withinAnySession } from '../within-session.ts'

/** One transaction of somebody who may import, which takes the right to the whole organisation. */
export const withinSession = <T>(context: Context, work: (sdb: ScopedDb) => Promise<T>): Promise<T> =>
  withinAnySession(context, 'data.import', async (sdb) => {
    await requireWholeOrganisation(sdb)
    return work(sdb)
  })
