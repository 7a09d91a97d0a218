import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ReportScreen } from '../../../../../features/report/report-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { isRefusal } from '../../../../../server/place.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reportDesk'))('view.page') }
}

export default async function Page({ params }: { params: Promise<{ reportId: string }> }) {
  return <ReportScreen report={await readReport((await params).reportId)} />
}

async function readReport(reportId: string) {
  try {
    return await (await caller()).report.get({ reportId })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
