'use client'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { treeOrder } from '../../client/tree-order.ts'
import { useTRPC } from '../../client/trpc.tsx'

export type Target = { readonly id: string; readonly name: string }
type ReassignTargetProps = {
  readonly territoryId: string
  readonly onChange: (target: Target | null) => void
}

const WAYS = ['territory', 'person'] as const
type Way = (typeof WAYS)[number]

/** Where accounts go: a territory, or the sector of a person. */
export function ReassignTarget({ territoryId, onChange }: ReassignTargetProps) {
  const text = useTranslations('accountDesk.reassign')
  const [way, setWay] = useState<Way>('territory')
  return (
    <div className="flex flex-col gap-3">
      <div className="w-fit rounded-md bg-surface p-0.5">
        <Segmented<Way>
          label={text('way.label')}
          options={WAYS.map((value) => ({ value, label: text(`way.${value}`) }))}
          value={way}
          onChange={(next) => {
            setWay(next)
            onChange(null)
          }}
        />
      </div>
      <div className="grid max-w-160 gap-3 sm:grid-cols-2 [&>*]:min-w-0">
        {way === 'territory' ? (
          <ByTerritory territoryId={territoryId} onChange={onChange} />
        ) : (
          <ByPerson onChange={onChange} />
        )}
      </div>
    </div>
  )
}

function ByTerritory({ territoryId, onChange }: ReassignTargetProps) {
  const text = useTranslations('accountDesk.reassign')
  const tree = useQuery(useTRPC().territory.tree.queryOptions({ at: territoryId, open: [territoryId] }))
  const nodes = tree.data?.nodes ?? []
  return (
    <Place
      label={text('territory')}
      places={treeOrder(nodes).map(({ node, depth }) => ({
        id: node.id,
        name: node.name,
        label: `${'\u2003'.repeat(depth)}${node.name}`,
      }))}
      onChange={onChange}
    />
  )
}

function ByPerson({ onChange }: Pick<ReassignTargetProps, 'onChange'>) {
  const text = useTranslations('accountDesk.reassign')
  const { day } = useMember()
  const trpc = useTRPC()
  const people = useQuery(trpc.assignment.people.queryOptions()).data ?? []
  const [membershipId, setPerson] = useState('')
  const held = useQuery({
    ...trpc.assignment.ofPerson.queryOptions({ membershipId }),
    enabled: membershipId !== '',
  })
  const places = (held.data?.assignments ?? [])
    .filter(
      ({ validFrom, validTo, absentName }) => validFrom <= day && (validTo ?? day) >= day && !absentName,
    )
    .map(({ territoryId: id, territoryName: name }) => ({ id, name, label: name }))
  return (
    <>
      <Field label={text('person')}>
        {(control) => (
          <Select
            {...control}
            options={[
              { value: '', label: text('choose') },
              ...people.map((one) => ({ value: one.membershipId, label: one.displayName })),
            ]}
            value={membershipId}
            onChange={(id) => {
              setPerson(id)
              onChange(null)
            }}
          />
        )}
      </Field>
      {held.data && places.length === 0 && <p className="self-end text-ink-2">{text('noPlace')}</p>}
      {places.length > 0 && (
        <Place key={membershipId} label={text('place')} places={places} onChange={onChange} />
      )}
    </>
  )
}

type PlaceProps = {
  readonly label: string
  readonly places: readonly (Target & { readonly label: string })[]
  readonly onChange: (target: Target | null) => void
}

function Place({ label, places, onChange }: PlaceProps) {
  const text = useTranslations('accountDesk.reassign')
  const [value, setValue] = useState('')
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          options={[
            { value: '', label: text('choose') },
            ...places.map((place) => ({ value: place.id, label: place.label })),
          ]}
          value={value}
          onChange={(id) => {
            setValue(id)
            onChange(places.find((place) => place.id === id) ?? null)
          }}
        />
      )}
    </Field>
  )
}
