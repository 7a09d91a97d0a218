import type { Day } from '@fieldback/domain/agenda/day'
import type { Answers } from '@fieldback/domain/field/answer'
import { evaluateForm, planForm } from '@fieldback/domain/field/form-state'
import { missingFields } from '@fieldback/domain/report/complete'
import type { Outcome, ReportKind, ReportStatus } from '@fieldback/domain/report/report'
import type { Account } from './accounts.ts'
import type { Contact } from './contacts.ts'
import { answersTo, type Forms, type Known } from './define-fields.ts'
import { noteOf } from './notes.ts'
import type { Random } from './random.ts'
import type { Product } from './trades.ts'
import type { Meeting } from './visits.ts'
import { frenchInstant } from './working-days.ts'

/** What a report needs of the place it is about. */
export type Visited = Pick<Account, 'id' | 'home' | 'createdDay'>

export type Report = {
  readonly id: string
  readonly account: Visited
  readonly contact: Contact | null
  readonly authorId: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly day: Day
  readonly note: string | null
  readonly fieldSet: string
  readonly values: Answers
  readonly status: ReportStatus
  readonly missing: readonly string[]
  /** Seconds spent on each question that was answered. */
  readonly seconds: Readonly<Record<string, number>>
  readonly durationSeconds: number
  readonly capturedAt: string
  readonly receivedAt: string
  readonly products: readonly Product[]
}

export type Said = {
  readonly known: Known
  readonly outcome: Outcome
  readonly products: readonly Product[]
}

type Filing = {
  readonly meeting: Omit<Meeting, 'account'> & { readonly account: Visited }
  readonly contact: Contact | null
  readonly authorId: string
  readonly said: Said
  readonly forms: Forms
  readonly note?: string | null
}

/** The report of a meeting, filled on the form of the account's home. */
export function fileReport(random: Random, filing: Filing): Report {
  const { meeting, contact, authorId, said, forms } = filing
  const { account, kind, day } = meeting
  const asked = forms.asked(account.home, 'report')
  const values = answersTo(asked, said.known)
  const state = evaluateForm(planForm(asked), { answers: said.known, facts: {}, day })
  const missing = missingFields(asked, values, state)
  const seconds = Object.fromEntries(Object.keys(values).map((fieldId) => [fieldId, random.int(2, 9)]))
  const capturedAt = frenchInstant(day, meeting.minute)
  // Villages have no network: one report in six arrives some hours later.
  const delay = random.chance(1 / 6) ? random.int(600, 9_000) : random.int(1, 4)
  const withdrawn = random.chance(0.005)
  return {
    id: random.uuid(capturedAt),
    account,
    contact,
    authorId,
    kind,
    outcome: said.outcome,
    day,
    note: filing.note === undefined ? noteOf(random, { ...said, call: kind === 'call' }) : filing.note,
    fieldSet: forms.formOf(account.home).hash,
    values,
    status: withdrawn ? 'withdrawn' : missing.length > 0 ? 'to_complete' : 'accepted',
    missing: withdrawn ? [] : missing,
    seconds,
    durationSeconds: Object.values(seconds).reduce((sum, spent) => sum + spent, random.int(9, 40)),
    capturedAt,
    receivedAt: new Date(Date.parse(capturedAt) + delay * 1000).toISOString(),
    products: said.products,
  }
}
