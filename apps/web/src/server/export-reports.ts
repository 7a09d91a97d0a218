import { exportReports as openExport } from '@fieldback/api/report/export'
import { reportQuery } from '@fieldback/api/report/search'
import { getLocale } from 'next-intl/server'
import { readReportView } from '../features/report/address.ts'
import { downloaded } from './downloaded.ts'

/** The answers of the reports that a view of `/manage/reports` shows: the same address, the same rights. */
export const exportReports = downloaded('report.export', async (request, context) => {
  const params = new URL(request.url).searchParams
  const query = reportQuery.parse({
    ...readReportView((name) => params.get(name)),
    territoryId: params.get('at'),
  })
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const format = params.get('as') === 'xlsx' ? 'xlsx' : 'csv'
  return openExport(context, query, { locale, format })
})
