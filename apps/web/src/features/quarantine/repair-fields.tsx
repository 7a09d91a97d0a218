'use client'
import type { Fault } from '@fieldback/domain/quarantine/fault'
import type { Repair } from '@fieldback/domain/quarantine/repair'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { treeOrder } from '../../client/tree-order.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { RepairAccount } from './repair-account.tsx'
import { RepairAnswer } from './repair-answer.tsx'
import { RepairContact } from './repair-contact.tsx'
import type { RepairProps } from './repair-props.ts'

/** What can be given for one thing that was refused; nothing where nothing would help. */
export function RepairFields({ fault, ...props }: RepairProps & { readonly fault: Fault }) {
  switch (fault.of) {
    case 'account':
      return <RepairAccount {...props} />
    case 'contact':
      return <RepairContact {...props} />
    case 'territory':
      return <RepairTerritory {...props} />
    case 'answer':
      return <RepairAnswer {...props} fieldKey={fault.key} />
    case 'word':
      return <RepairWord {...props} word={fault.key} />
    case 'identity':
    case 'none':
      return null
  }
}

function RepairTerritory({ item, given, onGive }: RepairProps) {
  const text = useTranslations('quarantine')
  const { id } = item.place
  const tree = useQuery(useTRPC().territory.tree.queryOptions({ at: id, open: [id] }))
  return (
    <Field label={text('settle.territory')}>
      {(control) => (
        <Select
          {...control}
          options={[
            { value: '', label: text('settle.choose') },
            ...treeOrder(tree.data?.nodes ?? []).map(({ node, depth }) => ({
              value: node.id,
              label: `${'\u2003'.repeat(depth)}${node.name}`,
            })),
          ]}
          value={given.territoryId ?? ''}
          onChange={(territoryId) => onGive({ territoryId: territoryId || undefined })}
        />
      )}
    </Field>
  )
}

type WordProps = RepairProps & { readonly word: keyof NonNullable<Repair['words']> }

function RepairWord({ given, onGive, word }: WordProps) {
  const text = useTranslations('quarantine')
  const day = word === 'day' || word === 'dueDay'
  return (
    <Field label={text(`key.${word}`)}>
      {(control) => (
        <TextInput
          {...control}
          type={day ? 'date' : 'text'}
          placeholder={text('settle.empty')}
          value={given.words?.[word] ?? ''}
          onChange={(event) => onGive({ words: { ...given.words, [word]: event.target.value || null } })}
        />
      )}
    </Field>
  )
}
