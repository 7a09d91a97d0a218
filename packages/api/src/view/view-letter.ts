import type { Scope } from '@fieldback/domain/access/scope'
import type { Day } from '@fieldback/domain/agenda/day'
import { viewEntries } from '@fieldback/domain/analytics/address'
import type { FindingRow, Findings } from '@fieldback/domain/analytics/findings'
import type { Email } from '@fieldback/domain/ports/email'
import {
  changeText,
  intervalText,
  periodText,
  type Subject,
  subjectText,
  unitOf,
  valueText,
} from '@fieldback/i18n/figure-words'
import { openFormats } from '@fieldback/i18n/format'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import type { ToldView } from './tell-view.ts'

/** What a letter is written from. */
export type LetterOf = {
  readonly to: { readonly email: string; readonly displayName: string }
  readonly locale: Locale
  readonly organisation: string
  readonly timeZone: string
  readonly week: Day
  readonly scope: Scope
  readonly views: readonly ToldView[]
  /** Links begin with it. */
  readonly site: string
}

/** Territories of a view that a letter tells; the screen tells the others. */
const PLACES_TOLD = 10

/** The mail of a week: each view with its figures as text, what is hidden or partial said, and the way to it. */
export function viewLetter({
  to,
  locale,
  organisation,
  timeZone,
  week,
  scope,
  views,
  site,
}: LetterOf): Email {
  const words = wordsOf(locale, timeZone)
  const { text, formats } = words
  const home = scope.grants.some(({ role }) => role === 'headquarters') ? '/hq' : '/manage/analytics'
  const sections = views.map((view) => section(view, words, new URL(`${home}/explorer`, site)))
  const day = formats.day(week)
  return {
    to: to.email,
    subject: text('mail.subject', { day }),
    text: [
      text('mail.hello', { name: to.displayName }),
      text('mail.intro', { count: views.length, organisation }),
      ...sections,
      text('mail.stop', { link: new URL(home, site).href }),
    ].join('\n\n'),
  }
}

function wordsOf(locale: Locale, timeZone: string) {
  const texts = openTexts(messagesOf(locale), locale)
  return {
    text: texts('view'),
    figure: texts('analytics'),
    sentence: texts('error'),
    formats: openFormats(locale, timeZone),
  }
}
type Words = ReturnType<typeof wordsOf>

function section(view: ToldView, words: Words, explorer: URL): string {
  const { text, figure, formats } = words
  const link = new URL(explorer)
  for (const [name, value] of viewEntries(view.view)) link.searchParams.set(name, value)
  const open = text('mail.open', { link: link.href })
  const title = view.name.toUpperCase()
  if (view.failed !== null) {
    const why = view.failed === 'NOT_FOUND' ? text('notAsked') : words.sentence(view.failed)
    return [title, text('mail.none', { why }), open].join('\n')
  }
  const { now, subject, months } = view
  const period = months ? `, ${periodText(view.view.period, figure, formats)}` : ''
  return [
    title,
    `${subjectText(subject, figure, formats)}, ${now.place.name}${period}`,
    view.moved ? text('mail.onBranch', { place: now.place.name }) : null,
    totalLine(view, words),
    ...placeLines(now, subject, words),
    now.counting ? text('mail.partial') : null,
    now.source.from === 'rows' && now.source.every > 1
      ? text('mail.sampled', { every: now.source.every })
      : null,
    open,
  ]
    .filter((line) => line !== null)
    .join('\n')
}

type Told = Extract<ToldView, { failed: null }>

/** "31 % (intervalle à 95 % : 28 à 34 %), + 4 pts par rapport aux mois d'avant (27 %)". */
function totalLine({ now, subject, view }: Told, { text, figure, formats }: Words): string {
  const { total, comparedPlace } = now
  const { value, hidden } = total.now
  if (value === null) return hidden ? text('few', { have: hidden.have, need: hidden.need }) : text('noCase')
  const unit = unitOf(subject.measure, now)
  const said = { unit, text: figure, formats }
  const change = changeText(total, said)
  const interval = intervalText(total.now, said)
  const before = total.before?.value
  return text('mail.compared', {
    value: valueText(value, unit, formats),
    has: interval === null ? 'no' : 'yes',
    interval: interval ?? '',
    moved: change === null || before == null ? 'no' : 'yes',
    change:
      change === null || before == null
        ? ''
        : text('mail.moved', {
            change,
            with: view.compare?.with ?? 'previous',
            place: comparedPlace?.name ?? '',
            before: valueText(before, unit, formats),
          }),
  })
}

function placeLines(findings: Findings, { measure }: Subject, { text, figure, formats }: Words): string[] {
  const [axis] = findings.axes
  if (axis?.by !== 'territory') return []
  const said = { unit: unitOf(measure, findings), text: figure, formats }
  const nameOf = ({ at }: FindingRow) => axis.places.find(({ id }) => id === at[0])?.name ?? ''
  const shown = findings.rows
    .filter(({ now }) => now.value !== null && now.n > 0)
    .toSorted((a, b) => (b.now.value ?? 0) - (a.now.value ?? 0) || b.now.n - a.now.n)
  const lines = shown.slice(0, PLACES_TOLD).map((row, at) => {
    const parts = [
      valueText(row.now.value ?? 0, said.unit, formats),
      intervalText(row.now, said),
      changeText(row, said),
    ]
    return `${String(at + 1).padStart(3)}. ${nameOf(row)} : ${parts.filter((part) => part !== null).join(' ; ')}`
  })
  const hidden = findings.rows.flatMap((row) =>
    row.now.hidden && row.now.hidden.reason !== 'beside'
      ? [text('mail.hiddenOne', { place: nameOf(row), have: row.now.hidden.have, need: row.now.hidden.need })]
      : [],
  )
  const beside = findings.rows.filter(({ now }) => now.hidden?.reason === 'beside').map(nameOf)
  return [
    ...lines,
    ...(shown.length > PLACES_TOLD
      ? [`     ${text('mail.rest', { count: shown.length - PLACES_TOLD })}`]
      : []),
    ...(hidden.length > 0 ? [text('mail.hidden', { list: formats.list(hidden) })] : []),
    ...(beside.length > 0
      ? [text('mail.hiddenBeside', { count: beside.length, list: formats.list(beside) })]
      : []),
  ]
}
