import { type Answer, isEmpty } from '../field/answer.ts'
import { definitionsAt } from '../field/definition-at.ts'
import type { FieldDefinition, Localised } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow } from '../sync/pull.ts'
import type { PathNode } from '../territory/path-node.ts'
import { type AnswerParts, answerParts } from './answer-parts.ts'
import { isNewer, stands } from './rows-index.ts'

/** A fact on the account's card. */
export type Badge = {
  readonly fieldId: string
  /** Who asks; `owner.rank` gives the mark. */
  readonly owner: PathNode
  /** The label of the version that was answered. */
  readonly label: Localised
  readonly version: number
  readonly parts: AnswerParts
  readonly from: 'account' | 'contact' | 'report'
  /** The account, the contacts that share this answer, or the report that said it. */
  readonly sourceIds: readonly string[]
  /** Day it was said, the last one when several did; null when nobody noted it. */
  readonly day: string | null
}

export type CardAnswers = {
  readonly account: Pick<AccountRow, 'id' | 'values'>
  readonly contacts: readonly Pick<ContactRow, 'id' | 'values'>[]
  readonly reports: readonly Pick<ReportRow, 'id' | 'day' | 'status' | 'values'>[]
  readonly past: readonly FieldDefinition[]
}

type Said = { readonly answer: Answer; readonly sourceIds: readonly string[]; readonly day: string | null }

/**
 * The facts of an account's card: one per field with a badge, in the order of `fields`, from the account, its contacts
 * (one per different answer) and the newest standing report that answers. "I do not know" and no answer make none.
 */
export function badgesOf(fields: readonly EffectiveField[], card: CardAnswers, today: string): Badge[] {
  return fields
    .filter((field) => field.spec.givebacks.some(({ kind }) => kind === 'badge'))
    .flatMap((field) => {
      const versionOf = definitionsAt([...card.past, field])
      return said(field, card).flatMap(({ answer, sourceIds, day }) => {
        const { spec } = versionOf(field.id, answer.v) ?? field
        const parts = answerParts(spec, answer, today)
        const { id: fieldId, owner, entity: from } = field
        const { label } = spec
        return parts ? [{ fieldId, owner, label, version: answer.v, parts, from, sourceIds, day }] : []
      })
    })
}

function said(field: EffectiveField, card: CardAnswers): Said[] {
  const of = (values: Readonly<Record<string, Answer>>): Answer | null => {
    const answer = values[field.id]
    return answer && answer.x !== null && !isEmpty(answer.x) ? answer : null
  }
  if (field.entity === 'account') {
    const answer = of(card.account.values)
    return answer ? [{ answer, sourceIds: [card.account.id], day: answer.d ?? null }] : []
  }
  if (field.entity === 'contact') return saidByContacts(card.contacts, of)
  let newest: CardAnswers['reports'][number] | null = null
  for (const report of card.reports) {
    if (stands(report) && of(report.values) && isNewer(report, newest)) newest = report
  }
  const answer = newest && of(newest.values)
  return newest && answer ? [{ answer, sourceIds: [newest.id], day: newest.day }] : []
}

function saidByContacts(
  contacts: CardAnswers['contacts'],
  of: (values: ContactRow['values']) => Answer | null,
): Said[] {
  const groups = new Map<string, { answer: Answer; sourceIds: string[]; day: string | null }>()
  for (const { id, values } of contacts) {
    const answer = of(values)
    if (!answer) continue
    const key = JSON.stringify([answer.v, answer.x])
    const group = groups.get(key) ?? { answer, sourceIds: [], day: null }
    group.sourceIds.push(id)
    if (answer.d && (group.day === null || answer.d > group.day)) group.day = answer.d
    groups.set(key, group)
  }
  return [...groups.values()]
}
