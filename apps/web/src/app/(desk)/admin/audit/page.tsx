import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { JournalScreen } from '../../../../features/audit/journal-screen.tsx'
import { JOURNAL_EXPORT_MAX } from '../../../../server/export-journal.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('page') }
}

export default function Page() {
  return <JournalScreen exportMax={JOURNAL_EXPORT_MAX} />
}
