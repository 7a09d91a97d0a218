'use client'
import type { Merge, Operation } from '@fieldback/domain/sync/operation'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import { useSave } from '../account/use-save.ts'
import { accountOf } from '../data/account-of.ts'
import type { NewOperation } from '../data/outbox.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { settle } from './choose.ts'
import { changeTogether } from './outbox-together.ts'
import { metBy } from './outbox-work.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'
import { useSaid } from './use-said.ts'
import { useWorkText } from './work-text.ts'

/** What somebody else changed too: both values, whose the other was and since when, and the choice between them. */
export function Conflicts({ items }: { items: readonly OutboxItem[] }) {
  const text = useOutboxTexts()
  if (items.length === 0) return null
  return (
    <section>
      <OutboxHead kind="todo" title={text('met.title')} text={text('met.text')} />
      <div className="grid gap-3">
        {items.map((item) => (
          <Conflict key={item.place} item={item} />
        ))}
      </div>
    </section>
  )
}

function Conflict({ item }: { item: OutboxItem }) {
  const { rows, outbox } = usePhoneState()
  const say = useWorkText()
  const met = metBy(item)
  const accountId = accountOf(item.operation, rows, outbox)
  const { title, text: what } = say({ main: item, items: [item], state: item.state, accountId })
  // A number's normal form changed with what was typed of it, which is what a person reads.
  const read = met.filter(({ field }) => !met.some((other) => other.field === `${field}Raw`))
  return (
    <Card>
      <div className="px-5 pt-4">
        <b className="block">{title}</b>
        <span className="block text-ink-2 text-small">{what}</span>
      </div>
      {read.map((merge) => (
        <Choice key={merge.field} item={item} merge={merge} />
      ))}
    </Card>
  )
}

function Choice({ item, merge }: { item: OutboxItem; merge: Merge }) {
  const { store, formats } = usePhone()
  const { identity, rows } = usePhoneState()
  const text = useOutboxTexts()
  const save = useSave()
  const said = useSaid()
  const mine = said.line(merge.field, merge.kept)
  const theirs = said.line(merge.field, merge.replaced)
  const settled = () =>
    changeTogether(store, (outbox) =>
      settle(outbox, item.place, [merge.field, merge.field.replace(/Raw$/, '')]),
    )
  const back = putBack(item.operation, merge, (noun, id) => rows[noun].get(id)?.version ?? 0)
  const at = merge.at
    ? todayHere(new Date(merge.at)) === todayHere()
      ? formats.time(merge.at)
      : formats.instant(merge.at)
    : ''
  const by =
    merge.by?.membershipId === identity.membershipId
      ? text('met.otherDevice', { at })
      : text('met.theirs', { name: merge.by?.name ?? text('met.someone'), at })
  const restore = async () => {
    if (back && (await save([back], text('met.saved')))) await settled()
  }
  return (
    <div className="px-5 pt-3 pb-4">
      <p className="text-small">{mine?.label ?? text('met.field')}</p>
      <dl className="mt-1 grid gap-1.5">
        <div>
          <dt className="text-caption text-ink-2">{text(merge.joined ? 'met.joined' : 'met.mine')}</dt>
          <dd className="whitespace-pre-line break-words font-medium">{mine?.text}</dd>
        </div>
        <div>
          <dt className="text-caption text-ink-2">{by}</dt>
          <dd className="whitespace-pre-line break-words">{theirs?.text}</dd>
        </div>
      </dl>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => void settled()}>{text(merge.joined ? 'met.seen' : 'met.keep')}</Button>
        {back && <Button onClick={() => void restore()}>{text('met.putBack')}</Button>}
      </div>
    </div>
  )
}

const NOUNS = { account: 'accounts', contact: 'contacts', report: 'reports' } as const

/** The correction that puts the other's value back; null where it cannot be said in one. */
function putBack(
  { kind, entityId }: Operation,
  { field, replaced }: Merge,
  versionOf: (noun: (typeof NOUNS)[keyof typeof NOUNS], id: string) => number,
): NewOperation | null {
  const noun = kind.split('.')[0] as keyof typeof NOUNS
  if (!(noun in NOUNS)) return null
  const body = field.startsWith('values.')
    ? { values: { [field.slice(7)]: replaced ?? null } }
    : { [field.replace(/Raw$/, '')]: replaced }
  return {
    kind: noun === 'report' ? 'report.amend' : `${noun}.update`,
    entityId,
    base: versionOf(NOUNS[noun], entityId),
    body,
  } as NewOperation
}
