import { exportRecords as openExport } from '@fieldback/api/account/export'
import { getLocale } from 'next-intl/server'
import * as z from 'zod'
import { downloaded } from './downloaded.ts'

const asked = z.object({
  territoryId: z.uuid(),
  of: z.enum(['account', 'contact']),
  format: z.enum(['csv', 'xlsx']),
})

/** The accounts or contacts of a branch with what was answered of them: the rights of who asks. */
export const exportRecords = downloaded('account.export', async (request, context) => {
  const params = new URL(request.url).searchParams
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const query = asked.parse({
    territoryId: params.get('at'),
    of: params.get('of'),
    format: params.get('as') ?? 'csv',
  })
  return openExport(context, { ...query, locale })
})
