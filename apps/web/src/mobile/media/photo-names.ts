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

/** Photos that answers typed on this phone name: a correction that leaves one out names it no more. */
export function photoNames(outbox: readonly OutboxItem[]): ReadonlyMap<string, PhotoName> {
  const said = new Map<string, { readonly ids: readonly string[]; readonly name: PhotoName }>()
  for (const { operation, state, answeredAt } of outbox) {
    if (operation.kind !== 'report.create' && operation.kind !== 'report.amend') continue
    const reportId = operation.entityId
    for (const [fieldId, answer] of Object.entries(operation.body.values ?? {}))
      said.set(`${reportId}/${fieldId}`, {
        ids: idsIn(answer?.x),
        name: { reportId, fieldId, state, answeredAt },
      })
  }
  return new Map([...said.values()].flatMap(({ ids, name }) => ids.map((id) => [id, name] as const)))
}

/** Whether a photo is part of something that is being written, that was typed here, or that this phone shows. */
export function namedHere({ outbox, drafts, rows }: Pick<PhoneState, 'outbox' | 'drafts' | 'rows'>) {
  // What was thrown away may be taken back.
  const typed = outbox.map((item) => (item.discarded ? { ...item, operation: item.discarded } : item))
  const named = new Set(photoNames(typed).keys())
  for (const { answers } of drafts.values())
    for (const x of Object.values(answers)) for (const id of idsIn(x)) named.add(id)
  for (const { values } of rows.reports.values())
    for (const { x } of Object.values(values)) for (const id of idsIn(x)) named.add(id)
  return (id: string): boolean => named.has(id)
}

const idsIn = (x: unknown): string[] => (Array.isArray(x) ? x.filter(isPhotoId) : [])
