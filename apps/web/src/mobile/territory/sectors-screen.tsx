'use client'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { SectorView } from '@fieldback/domain/territory/after-asks'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { Field } from '@fieldback/ui/field'
import { IconButton } from '@fieldback/ui/icon-button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Plus from 'lucide-react/icons/plus'
import Split from 'lucide-react/icons/split'
import { Fragment, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink } from '../router.tsx'
import { AskedList } from './asked-list.tsx'
import { divisibleOf, type OwnSectors, ownSectors } from './own-sectors.ts'
import { RuleForm } from './rule-form.tsx'
import { useAsk } from './use-ask.ts'
import { useSectorTexts } from './use-sector-texts.ts'

/** How a rep divides his own sector. */
export default function SectorsScreen() {
  const text = useSectorTexts()
  const state = usePhoneState()
  const territories = divisibleOf(state)
  const [chosen, setChosen] = useState<string | null>(null)
  const territory = territories.find(({ id }) => id === chosen) ?? territories[0]
  if (!territory) return <InnerFrame title={text('title')}>{state.complete && <Deepest />}</InnerFrame>
  return (
    <Divided key={territory.id} territory={territory}>
      {territories.length > 1 && (
        <Select
          label={text('choose')}
          value={territory.id}
          onChange={setChosen}
          options={territories.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </Divided>
  )
}

/** Somebody's own sector is of the finest level: what he can do instead. */
function Deepest() {
  const text = useSectorTexts()
  const { frame, territoryIds } = usePhoneState()
  const place = frame.territories.find(({ id }) => territoryIds.includes(id))?.name ?? ''
  return (
    <Card>
      <Empty
        icon={<Split size={28} />}
        title={text('deepest.title', { place })}
        text={text('deepest.text')}
        action={
          <span className="flex flex-wrap justify-center gap-3">
            <Button variant="primary" href={paths.round} renderLink={phoneLink}>
              {text('deepest.round')}
            </Button>
            <Button href={paths.me} renderLink={phoneLink}>
              {text('deepest.lists')}
            </Button>
          </span>
        }
      />
    </Card>
  )
}

/** Which form is open, and on which sub-sector. */
type Open =
  | { readonly form: 'make' }
  | { readonly form: 'add' | 'remove' | 'rename' | 'menu'; readonly sectorId: string }
  | null

/** `children`: another territory, for who has several. */
function Divided({ territory, children }: { territory: TerritoryRow; children: ReactNode }) {
  const text = useSectorTexts()
  const state = usePhoneState()
  const [open, setOpen] = useState<Open>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it reads of the state is named.
  const own = useMemo(
    () => ownSectors(state, territory.id),
    [state.rows, state.frame, state.pack, state.outbox, territory.id],
  )
  useOutcome(own)
  const close = () => setOpen(null)
  const sector =
    open && 'sectorId' in open ? own.ground.sectors.find(({ id }) => id === open.sectorId) : undefined
  if (open?.form === 'make' || (sector && (open?.form === 'add' || open?.form === 'remove')))
    return <RuleForm own={own} territory={territory} of={open.form} sector={sector} onDone={close} />
  return (
    <InnerFrame title={text('title')} sub={text('lede', { place: territory.name })}>
      {children}
      <Button variant="primary" big icon={<Plus size={22} />} onClick={() => setOpen({ form: 'make' })}>
        {text('new')}
      </Button>
      <Sectors own={own} territory={territory} open={open} onOpen={setOpen} />
      <AskedList lines={own.lines} sectors={own.ground.sectors} territoryId={territory.id} />
    </InnerFrame>
  )
}

const POLL_MS = 3_000
const POLLS = 10
/** Rows may come after the word that they moved: an older transaction holds them back. */
const POLLS_AFTER = 3

/** What was sent is done within seconds: the phone asks for it while somebody looks. */
function useOutcome({ lines }: OwnSectors): void {
  const { store } = usePhone()
  const waits = lines.some(({ own, state }) => own && state === 'waiting')
  const waited = useRef(false)
  useEffect(() => {
    if (!waits && !waited.current) return
    waited.current = waits
    let left = waits ? POLLS : POLLS_AFTER
    const timer = setInterval(() => {
      left -= 1
      if (left <= 0) clearInterval(timer)
      store.sync()
    }, POLL_MS)
    return () => clearInterval(timer)
  }, [waits, store])
}

type SectorsProps = {
  own: OwnSectors
  territory: TerritoryRow
  open: Open
  onOpen: (open: Open) => void
}

function Sectors({ own: { ground }, territory, open, onOpen }: SectorsProps) {
  const text = useSectorTexts()
  const { formats } = usePhone()
  const count = (id: string) => ground.accounts.filter(({ territoryId }) => territoryId === id).length
  if (ground.sectors.length === 0) {
    return (
      <Card>
        <Empty icon={<Split size={28} />} title={text('list.none')} text={text('list.noneText')} />
      </Card>
    )
  }
  const own = ground.sectors.filter(({ made }) => made)
  const theirs = ground.sectors.filter(({ made }) => !made)
  const rowOf = (sector: SectorView) => {
    const said = [
      text('list.accounts', { count: count(sector.id) }),
      sector.made ? '' : text('list.theirs'),
      sector.pending ? text('list.pending') : '',
    ]
    const isOpen = open !== null && 'sectorId' in open && open.sectorId === sector.id
    return (
      <Fragment key={sector.id}>
        <ListRow
          lead={<LevelMark rank={3} />}
          title={sector.name}
          text={said.filter(Boolean).join(' · ')}
          action={
            sector.made && (
              <IconButton
                label={text('list.change', { name: sector.name })}
                icon={<Ellipsis size={22} />}
                aria-expanded={isOpen}
                onClick={() => onOpen(isOpen ? null : { form: 'menu', sectorId: sector.id })}
              />
            )
          }
        />
        {isOpen && (open.form === 'menu' || open.form === 'rename') && (
          <li className="px-5 pt-3 pb-4">
            <SectorMenu sector={sector} territory={territory} open={open} onOpen={onOpen} />
          </li>
        )}
      </Fragment>
    )
  }
  return (
    <section aria-labelledby="sectors">
      <SectionHead id="sectors" aside={formats.number(ground.accounts.length)}>
        {text('list.title', { place: territory.name })}
      </SectionHead>
      <List inset="mark">
        {own.map(rowOf)}
        <ListRow
          lead={<LevelMark rank={2} />}
          title={text('list.rest')}
          text={text('list.accounts', { count: count(territory.id) })}
        />
        {theirs.map(rowOf)}
      </List>
    </section>
  )
}

type SectorMenuProps = Omit<SectorsProps, 'own'> & { sector: SectorView }

function SectorMenu({ sector, territory, open, onOpen }: SectorMenuProps) {
  const text = useSectorTexts()
  const ask = useAsk(territory.id)
  if (open?.form === 'rename')
    return <Rename sector={sector} territoryId={territory.id} onDone={() => onOpen(null)} />
  const show = (form: 'add' | 'remove' | 'rename') => () => onOpen({ form, sectorId: sector.id })
  const dissolve = async () => {
    const said = text('dissolved', { name: sector.name })
    if (await ask(sector.id, { of: 'dissolve' }, said)) onOpen(null)
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={show('rename')}>{text('rename')}</Button>
      <Button onClick={show('add')}>{text('add')}</Button>
      <Button onClick={show('remove')}>{text('remove')}</Button>
      <Button onClick={dissolve}>{text('dissolve')}</Button>
    </div>
  )
}

type RenameProps = { sector: SectorView; territoryId: string; onDone: () => void }

function Rename({ sector, territoryId, onDone }: RenameProps) {
  const text = useSectorTexts()
  const ask = useAsk(territoryId)
  const [name, setName] = useState(sector.name)
  return (
    <form
      className="grid gap-3"
      onSubmit={async (event) => {
        event.preventDefault()
        if (await ask(sector.id, { of: 'rename', name: name.trim() }, text('renamed'))) onDone()
      }}
    >
      <Field label={text('name')}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <span className="flex gap-2">
        <Button type="submit" variant="primary" disabled={name.trim() === '' || name.trim() === sector.name}>
          {text('save')}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {text('cancel')}
        </Button>
      </span>
    </form>
  )
}
