import { isPhotoId } from '@fieldback/domain/field/types/photo'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { PhoneState } from '../data/store.ts'

/** What names a photo: the report, its question, and where what was typed stands. */
export type PhotoName = {
  readonly reportId: string
  readonly fieldId: string
  readonly state: OutboxItem['state']
  /** When the server took it, by its clock. */
  readonly answeredAt: string | null
}

/** Photos that answers typed on this phone name, each with what named it last. */
export function photoNames(outbox: readonly OutboxItem[]): ReadonlyMap<string, PhotoName> {
  const names = new Map<string, PhotoName>()
  for (const { operation, state, answeredAt } of outbox) {
    if (operation.kind !== 'report.create' && operation.kind !== 'report.amend') continue
    for (const [fieldId, answer] of Object.entries(operation.body.values ?? {}))
      for (const id of idsIn(answer?.x))
        names.set(id, { reportId: operation.entityId, fieldId, state, answeredAt })
  }
  return names
}

/** Whether a photo is part of something that is being written, that was typed here, or that this phone shows. */
export function namedHere({ outbox, drafts, rows }: Pick<PhoneState, 'outbox' | 'drafts' | 'rows'>) {
  const named = new Set(photoNames(outbox).keys())
  for (const { answers } of drafts.values())
    for (const x of Object.values(answers)) for (const id of idsIn(x)) named.add(id)
  for (const { values } of rows.reports.values())
    for (const { x } of Object.values(values)) for (const id of idsIn(x)) named.add(id)
  return (id: string): boolean => named.has(id)
}

const idsIn = (x: unknown): string[] => (Array.isArray(x) ? x.filter(isPhotoId) : [])
