import type { CoachingSubject } from '@fieldback/domain/coaching/note'
import { coachingTexts } from '@fieldback/i18n/phone-coaching'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'

/** What a note is about, by what this phone holds of it. */
export function useAbout(about: CoachingSubject | null): string | null {
  const { locale, formats } = usePhone()
  const { rows, frame } = usePhoneState()
  const label = useLabel()
  const text = coachingTexts(locale)
  if (about === null) return null
  const { kind, id } = about
  if (kind === 'field') {
    const asked = [...frame.fields, ...frame.pastFields].find((field) => field.id === id)
    return asked ? text('about.field', { question: label(asked.spec.label) }) : text('about.gone', { kind })
  }
  const report = kind === 'report' ? rows.reports.get(id) : undefined
  const account = rows.accounts.get(report?.accountId ?? id)?.name
  if (account === undefined) return text('about.gone', { kind })
  return report
    ? text('about.report', { day: formats.day(report.day, 'short'), account })
    : text('about.account', { account })
}
