'use client'
import { Button } from '@fieldback/ui/button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import { useToast } from '@fieldback/ui/toast'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { newDraftId } from '../data/draft.ts'
import { newId } from '../data/new-id.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink, useRouter } from '../router.tsx'
import { discard, takeBack, withDependents } from './discard.ts'
import { draftFrom } from './draft-from.ts'
import { hearSettled } from './hear-settled.ts'
import { changeTogether } from './outbox-together.ts'
import type { Work } from './outbox-work.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'
import { useSaid } from './use-said.ts'
import { useWorkText } from './work-text.ts'

/** One piece of work that has not been accepted: where it stands, all that was typed, and what can be done about it. */
export function OutboxItemView({ work, onDone }: { work: Work; onDone: () => void }) {
  const { formats } = usePhone()
  const text = useOutboxTexts()
  const said = useSaid()
  const { title, text: what } = useWorkText()(work)
  const { savedAt } = work.main
  const at = todayHere(new Date(savedAt)) === todayHere() ? formats.time(savedAt) : formats.instant(savedAt)
  const lines = work.items.flatMap(({ place, operation }) =>
    said.lines(operation).map((line) => ({ ...line, key: `${place} ${line.key}` })),
  )
  return (
    <InnerFrame title={title} sub={what} onBack={onDone}>
      {work.state === 'aside' ? (
        <OutboxHead kind="todo" title={text('aside.title')} text={asideText(work, text)} />
      ) : (
        <OutboxHead kind="phone" title={text('waiting.title')} text={text('item.saved', { at })} />
      )}
      {lines.length > 0 && (
        <List label={text('item.said')}>
          {lines.map(({ key, label, text: value }) => (
            <ListRow
              key={key}
              title={label}
              text={<span className="whitespace-pre-line break-words">{value}</span>}
              plain
            />
          ))}
        </List>
      )}
      <Actions work={work} onDone={onDone} />
    </InnerFrame>
  )
}

/** Why the server could not apply it, or what a manager said of it. */
export function asideText({ items }: Work, text: ReturnType<typeof useOutboxTexts>): string {
  const aside = items.filter(({ state }) => state === 'aside')
  const returned = aside.find((item) => item.returned)?.returned
  if (returned) return text('aside.returned', returned)
  if (aside.some(({ takenBack }) => takenBack)) return text('aside.takenBack')
  const [first] = aside
  return text(`aside.${first?.answer?.status === 'quarantined' ? first.answer.code : 'OP_MALFORMED'}`)
}

function Actions({ work, onDone }: { work: Work; onDone: () => void }) {
  const { store } = usePhone()
  const state = usePhoneState()
  const text = useOutboxTexts()
  const toast = useToast()
  const router = useRouter()
  const { href } = useWorkText()(work)
  const { operation } = work.main
  const hanging = withDependents(work.items, state.outbox)
  const others = hanging.filter(({ operation: { opId } }) =>
    work.items.every((item) => item.operation.opId !== opId),
  )
  const waits = operation.kind === 'report.create' && work.state === 'phone'
  const draft = work.state === 'aside' ? draftFrom(work, state.rows) : null
  const throwAway = async () => {
    await changeTogether(store, (outbox) => discard(outbox, hanging))
    onDone()
    const onUndo = () => void changeTogether(store, (outbox) => takeBack(outbox, hanging, newId))
    toast({ text: text('item.discarded'), undo: { label: text('item.undo'), onUndo } })
  }
  const resume = async () => {
    if (!draft) return
    if (state.drafts.has(newDraftId(draft.accountId)))
      return toast({ text: text('item.begun'), failed: true })
    await store.keepDraft(draft)
    await changeTogether(store, (outbox) => discard(outbox, work.items))
    hearSettled(store).catch(() => {})
    router.replace(paths.reportForm(draft.accountId))
  }
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        {draft && (
          <Button icon={<Pencil size={18} />} onClick={() => void resume()}>
            {text('item.resume')}
          </Button>
        )}
        {waits && (
          <Button
            icon={<Pencil size={18} />}
            href={paths.amendReport(operation.entityId)}
            renderLink={phoneLink}
          >
            {text('item.correct')}
          </Button>
        )}
        {href !== null && (
          <Button href={href} renderLink={phoneLink}>
            {text('item.open')}
          </Button>
        )}
        <Button variant="ghost" icon={<Trash2 size={18} />} onClick={() => void throwAway()}>
          {text('item.discard')}
        </Button>
      </div>
      <p className="text-ink-2 text-small">{text('item.discardText', { count: others.length })}</p>
    </div>
  )
}
