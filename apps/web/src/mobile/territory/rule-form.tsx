'use client'
import type { AccountRow, TerritoryRow } from '@fieldback/domain/sync/pull'
import type { SectorView } from '@fieldback/domain/territory/after-asks'
import { SECTOR_NAME_MAX, type Selection, selectAccounts } from '@fieldback/domain/territory/own-sector'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { TextInput } from '@fieldback/ui/text-input'
import { useEffect, useId, useMemo } from 'react'
import { useKeptForm } from '../account/use-kept-form.ts'
import { newId } from '../data/new-id.ts'
import { InnerFrame } from '../phone-frame.tsx'
import type { OwnSectors } from './own-sectors.ts'
import { ByAnswer, ByHand, ByStreet, ByTowns } from './rule-inputs.tsx'
import { useAsk } from './use-ask.ts'
import { useSectorTexts } from './use-sector-texts.ts'

type By = 'towns' | 'street' | 'answer' | 'accounts'
const WAYS: readonly By[] = ['towns', 'street', 'answer', 'accounts']

type RuleFormProps = {
  own: OwnSectors
  territory: TerritoryRow
  of: 'make' | 'add' | 'remove'
  /** The one that is changed. */
  sector?: SectorView | undefined
  onDone: () => void
}

/** Which accounts, how many of them go where, and the name: nothing is asked for before all of it is seen. */
export function RuleForm({ own, territory, of, sector, onDone }: RuleFormProps) {
  const text = useSectorTexts()
  const ask = useAsk(territory.id)
  const { form, change, drop } = useKeptForm<{ by: By; rule: RehomeRule | null; name: string }>(
    `sector/${territory.id}/${of}/${sector?.id ?? ''}`,
    { by: 'towns', rule: null, name: '' },
  )
  const to = sector?.id ?? ''
  const home = of === 'remove' ? sector?.id : null
  const from = useMemo(
    () =>
      home == null ? own.ground.accounts : own.ground.accounts.filter((one) => one.territoryId === home),
    [own, home],
  )
  const rule = form.rule?.by === form.by ? form.rule : null
  const selection = useSelection(own, { rule, from, to: of === 'remove' ? territory.id : to })
  const set = (next: RehomeRule | null) => change({ rule: next })
  // Those that may move: a town of which all is arranged otherwise is no choice.
  const accounts = useMemo(() => {
    const open = of === 'remove' ? null : openHomes(own.ground)
    return open ? from.filter((one) => open.has(one.territoryId) && one.territoryId !== to) : from
  }, [own, from, of, to])
  // Taken out of one, all come from it.
  const sectorOf = ({ territoryId }: AccountRow) =>
    of === 'remove' ? undefined : own.ground.sectors.find((one) => one.id === territoryId)?.name
  const inputs = { accounts, territoryId: territory.id, contactsOf: own.contactsOf, rule, onChange: set }
  const name = form.name.trim()
  const ready = selection !== null && selection.taken.length > 0 && (of !== 'make' || name !== '')
  const submit = async () => {
    if (!rule || !ready) return
    const done =
      of === 'make'
        ? await ask(newId(), { of: 'make', name, rule }, text('saved', { name }))
        : await ask(sector?.id ?? '', { of: 'change', into: of === 'add', rule }, text('changed'))
    if (!done) return
    drop()
    onDone()
  }
  const id = useId()
  const title = of === 'make' ? text('new') : text('of', { name: sector?.name ?? '', what: text(of) })
  // It takes the place of the list, which may be scrolled far down.
  useEffect(() => {
    scrollTo(0, 0)
  }, [])
  const give = () => {
    drop()
    onDone()
  }
  return (
    <InnerFrame
      title={title}
      onBack={onDone}
      bottom={
        <StickyBar
          note={selection && text('preview.taken', { count: selection.taken.length })}
          more={
            <Button variant="ghost" onClick={give}>
              {text('cancel')}
            </Button>
          }
        >
          <Button type="submit" form={id} variant="primary" big disabled={!ready}>
            {text('save')}
          </Button>
        </StickyBar>
      }
    >
      <form
        id={id}
        aria-label={title}
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {of === 'make' && (
          <Field label={text('name')}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={SECTOR_NAME_MAX}
                placeholder={text('nameExample')}
                value={form.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
        )}
        <Segmented
          label={text('by.label')}
          options={WAYS.map((value) => ({ value, label: text(`by.${value}`) }))}
          value={form.by}
          onChange={(by) => change({ by, rule: null })}
        />
        {form.by === 'towns' && <ByTowns {...inputs} />}
        {form.by === 'street' && <ByStreet {...inputs} />}
        {form.by === 'answer' && <ByAnswer {...inputs} />}
        {form.by === 'accounts' && <ByHand {...inputs} sectorOf={sectorOf} />}
        {selection && <Preview selection={selection} own={own} territory={territory} of={of} />}
      </form>
    </InnerFrame>
  )
}

/** From where accounts may be taken. */
const openHomes = ({ territoryId, sectors }: OwnSectors['ground']): ReadonlySet<string> =>
  new Set([territoryId, ...sectors.flatMap(({ id, made }) => (made ? id : []))])

type Wanted = { rule: RehomeRule | null; from: readonly AccountRow[]; to: string }

function useSelection(
  { ground, contactsOf }: OwnSectors,
  { rule, from, to }: Wanted,
): Selection<AccountRow> | null {
  return useMemo(() => {
    if (!rule) return null
    const open = openHomes(ground)
    return selectAccounts(from, rule, { to, open: (id) => open.has(id), contactsOf })
  }, [ground, contactsOf, rule, from, to])
}

type PreviewProps = {
  selection: Selection<AccountRow>
  own: OwnSectors
  territory: TerritoryRow
  of: RuleFormProps['of']
}

/** How many accounts go where. */
function Preview({ selection: { taken, kept }, own: { ground }, territory, of }: PreviewProps) {
  const text = useSectorTexts()
  const places = [territory, ...ground.sectors].flatMap(({ id, name }) => {
    const count = taken.filter((account) => account.territoryId === id).length
    if (count === 0) return []
    return [
      id === territory.id ? text('preview.outside', { count }) : text('preview.from', { count, place: name }),
    ]
  })
  const outside = ground.accounts.filter((account) => account.territoryId === territory.id)
  const left = outside.length - taken.filter((account) => account.territoryId === territory.id).length
  return (
    <div role="status" className="rounded-md bg-canvas p-3 text-small">
      <p className="font-strong">{text('preview.taken', { count: taken.length })}</p>
      {places.length > 0 && <p className="text-ink-2">{places.join(', ')}.</p>}
      {kept.length > 0 && <p className="text-ink-2">{text('preview.kept', { count: kept.length })}</p>}
      {of === 'make' && taken.length > 0 && (
        <p className="text-ink-2">{text('preview.left', { count: left })}</p>
      )}
    </div>
  )
}
