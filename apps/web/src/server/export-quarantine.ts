import { exportAside } from '@fieldback/api/quarantine/export'
import { getLocale } from 'next-intl/server'
import * as z from 'zod'
import { downloaded } from './downloaded.ts'

/** All that was put aside in a branch, each as it came: the branch that `/manage/quarantine` shows, the same rights. */
export const exportQuarantine = downloaded('quarantine.export', async (request, context) => {
  const territoryId = z.uuid().parse(new URL(request.url).searchParams.get('at'))
  return exportAside(context, territoryId, (await getLocale()) === 'en' ? 'en' : 'fr')
})
