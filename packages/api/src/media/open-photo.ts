import { findMedia } from '@fieldback/db/media/media.repo'
import { findReport } from '@fieldback/db/report/report.repo'
import { hiddenTextFields } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Context } from '../context.ts'
import { withinSession } from '../within-session.ts'
import { photoKey } from './keys.ts'

/**
 * A photo, for who may read the report that names it and the answers of its question. NOT_FOUND for everybody else, as for
 * one that a correction took away, or that has not come yet; and what ends a session.
 */
export async function openPhoto(
  context: Context,
  id: string,
): Promise<{ readonly day: string; readonly body: AsyncIterable<Uint8Array> }> {
  const found = await withinSession(context, 'report.read', async (sdb) => {
    const media = await findMedia(sdb, id)
    if (media?.state !== 'kept') return null
    const report = await findReport(sdb, media.reportId, await hiddenTextFields(sdb, [media.fieldId]))
    const said = report?.values[media.fieldId]?.x
    const isNamed = Array.isArray(said) && said.includes(id)
    if (!report || !isNamed || !verdictAt(sdb.scope, 'report.read', report.home).allowed) return null
    return { key: photoKey(media), day: report.day }
  })
  const body = found && (await context.deps.storage.get(found.key))
  if (!found || !body) throw new FieldbackError('NOT_FOUND', { what: 'photo' })
  return { day: found.day, body }
}
