'use client'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import { TextLink } from '@fieldback/ui/text-link'
import Check from 'lucide-react/icons/check'
import Download from 'lucide-react/icons/download'
import Send from 'lucide-react/icons/send'
import Wifi from 'lucide-react/icons/wifi'
import WifiOff from 'lucide-react/icons/wifi-off'
import { useEffect, useMemo, useState } from 'react'
import { useWaitingPhotos } from '../media/use-photos.ts'
import { WaitingPhotoList } from '../media/waiting-photo-list.tsx'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { phoneLink } from '../router.tsx'
import { StorageRisk } from '../shell/storage-risk.tsx'
import { Begun } from './begun-list.tsx'
import { Conflicts } from './conflicts.tsx'
import { hearSettled } from './hear-settled.ts'
import { asideText, OutboxItemView } from './outbox-item-view.tsx'
import { metBy, ownToComplete, recentlyAccepted, type Work, workOf } from './outbox-work.ts'
import { stoppedBy } from './sync-state.ts'
import { thrownAway } from './thrown-away.ts'
import { ThrownAway } from './thrown-away-list.tsx'
import { ToComplete } from './to-complete.tsx'
import { useExportWaiting } from './use-export-waiting.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'
import { useWorkText } from './work-text.ts'

/** Where each piece of work stands, in words: what needs a hand first, what waits, what is safe. */
export default function OutboxScreen() {
  const state = usePhoneState()
  const { outbox, rows } = state
  const text = useOutboxTexts()
  const { opened, open, close } = useOpened()
  const { store } = usePhone()
  useEffect(() => {
    hearSettled(store).catch(() => {})
  }, [store])
  const work = useMemo(() => workOf(outbox, rows).reverse(), [outbox, rows])
  const of = (state: Work['state']) => work.filter((one) => one.state === state)
  const toComplete = useMemo(() => ownToComplete(state), [state])
  const [aside, waiting] = [of('aside'), of('phone')]
  const accepted = recentlyAccepted(work, new Date())
  const photos = useWaitingPhotos()
  const unsent = aside.length + waiting.length + photos.waiting.length + photos.refused.length
  const met = useMemo(() => outbox.filter((item) => metBy(item).length > 0), [outbox])
  const thrown = useMemo(() => thrownAway(outbox, rows), [outbox, rows])
  const listed = unsent + accepted.length + toComplete.length + met.length + thrown.length + state.drafts.size
  const safe = unsent + toComplete.length + met.length === 0
  const standing = () => {
    // What was only begun or thrown away is not said to be accepted.
    if (safe) return state.drafts.size > 0 || accepted.length === 0 ? 'nothing' : 'safe'
    if (waiting.length + photos.waiting.length === 0) return 'toDo'
    return stoppedBy(state.sync) ?? 'waiting'
  }
  const shown = [...aside, ...waiting].find(({ main }) => main.place === opened)
  if (shown) return <OutboxItemView work={shown} onDone={close} />
  return (
    <InnerFrame
      title={text('screen.title')}
      sub={listed === 0 ? undefined : text(`screen.${standing()}`)}
      aside={<Connection />}
    >
      <Aside work={aside} open={open} />
      <Conflicts items={met} />
      <ToComplete reports={toComplete} />
      <Waiting work={waiting} open={open} />
      <Begun />
      <WaitingPhotoList />
      <StorageRisk />
      <Accepted work={accepted} />
      <ThrownAway work={thrown} />
      {unsent + state.drafts.size > 0 && <Export />}
      {listed === 0 && (
        <Card>
          <Empty icon={<Check size={28} />} title={text('screen.empty')} text={text('screen.emptyText')} />
        </Card>
      )}
    </InnerFrame>
  )
}

const placeInAddress = (): number | null => Number(location.hash.slice(1)) || null

/** Which item is open: in the address, so that the phone's own way back closes it. */
function useOpened() {
  const [opened, setOpened] = useState(placeInAddress)
  useEffect(() => {
    const onPop = () => setOpened(placeInAddress())
    addEventListener('popstate', onPop)
    return () => removeEventListener('popstate', onPop)
  }, [])
  return {
    opened,
    open(place: number) {
      // The browser's own, as the router does.
      History.prototype.pushState.call(history, null, '', `#${place}`)
      setOpened(place)
      scrollTo(0, 0)
    },
    close: () => history.back(),
  }
}

/** Since when the server was last heard. */
function Connection() {
  const { formats } = usePhone()
  const { sync, pulledAt } = usePhoneState()
  const text = useOutboxTexts()
  const lost = sync === 'offline'
  const today = pulledAt !== null && todayHere(new Date(pulledAt)) === todayHere()
  const at = pulledAt === null ? null : today ? formats.time(pulledAt) : formats.instant(pulledAt)
  return (
    <p aria-live="polite" className="flex items-center gap-1.5 text-caption text-ink-2">
      {lost ? <WifiOff size={16} /> : <Wifi size={16} />}
      {sync === 'working'
        ? text('connection.working')
        : at === null
          ? text(lost ? 'connection.lost' : 'connection.never')
          : text(lost ? 'connection.lostSince' : stoppedBy(sync) ? 'connection.last' : 'connection.at', {
              at,
            })}
    </p>
  )
}

type Opening = { work: readonly Work[]; open: (place: number) => void }

function Aside({ work, open }: Opening) {
  const text = useOutboxTexts()
  const say = useWorkText()
  if (work.length === 0) return null
  return (
    <section>
      <OutboxHead kind="todo" title={text('aside.title')} text={text('aside.text')} />
      <List>
        {work.map((one) => {
          const { title, text: what } = say(one)
          return (
            <ListRow
              key={one.main.place}
              title={title}
              text={
                <>
                  {what}
                  <span className="mt-1 block text-ink">{asideText(one, text)}</span>
                </>
              }
              onClick={() => open(one.main.place)}
              chevron
            />
          )
        })}
      </List>
    </section>
  )
}

function Waiting({ work, open }: Opening) {
  const { store } = usePhone()
  const { sync } = usePhoneState()
  const text = useOutboxTexts()
  if (work.length === 0) return null
  const stopped = stoppedBy(sync)
  return (
    <section>
      <OutboxHead
        kind="phone"
        title={text('waiting.title')}
        text={text(`waiting.${stopped ?? (sync === 'offline' ? 'network' : 'text')}`, { count: work.length })}
      />
      <WorkList work={work} open={open} />
      {!stopped && (
        <Button
          className="mt-3 w-full"
          icon={<Send size={18} />}
          aria-busy={sync === 'working'}
          onClick={() => store.sync()}
        >
          {text(sync === 'working' ? 'waiting.sending' : 'waiting.send')}
        </Button>
      )}
    </section>
  )
}

const FIRST_SHOWN = 3

function Accepted({ work }: { work: readonly Work[] }) {
  const text = useOutboxTexts()
  const [all, setAll] = useState(false)
  if (work.length === 0) return null
  const rest = work.length - FIRST_SHOWN
  return (
    <section>
      <OutboxHead
        kind="ok"
        title={text('accepted.title')}
        text={text('accepted.text', { count: work.length })}
      />
      <WorkList work={all ? work : work.slice(0, FIRST_SHOWN)} />
      {!all && rest > 0 && (
        <TextLink className="mt-3" onClick={() => setAll(true)}>
          {text('accepted.more', { count: rest })}
        </TextLink>
      )}
    </section>
  )
}

function WorkList({ work, open }: { work: readonly Work[]; open?: Opening['open'] }) {
  const { formats } = usePhone()
  const text = useOutboxTexts()
  const say = useWorkText()
  const today = todayHere()
  const when = (at: string): string => {
    const day = todayHere(new Date(at))
    return day === today ? formats.time(at) : formats.dayFrom(day, today)
  }
  return (
    <List>
      {work.map((one) => {
        const { title, text: what, href } = say(one)
        const { place, savedAt } = one.main
        const gesture = open
          ? { onClick: () => open(place), chevron: true }
          : href === null
            ? {}
            : { href, renderLink: phoneLink }
        return (
          <ListRow
            key={place}
            title={title}
            text={
              <>
                {what}
                {one.items.some(({ stands }) => stands) && (
                  <span className="mt-1 block text-ink">{text('accepted.arrived')}</span>
                )}
              </>
            }
            aside={when(savedAt)}
            {...gesture}
          />
        )
      })}
    </List>
  )
}

function Export() {
  const text = useOutboxTexts()
  const exportWaiting = useExportWaiting()
  return (
    <div>
      <Button variant="ghost" icon={<Download size={18} />} onClick={() => void exportWaiting()}>
        {text('screen.export')}
      </Button>
      <p className="px-2 text-ink-2 text-small">{text('screen.exportText')}</p>
    </div>
  )
}
