'use client'
import { Button } from '@fieldback/ui/button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Select } from '@fieldback/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionBar } from '../../client/action-bar.tsx'
import { treeOrder } from '../../client/tree-order.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useMove } from './use-move.ts'
import { SELECTION_MAX, type Selection } from './use-selection.ts'

export type MoveBarProps = { readonly territoryId: string; readonly selection: Selection }

/** What is chosen and where it goes; stays at the bottom while the list is read. */
export function MoveBar({ territoryId, selection }: MoveBarProps) {
  const text = useTranslations('accountDesk')
  const sentence = useErrorSentence()
  const [to, setTo] = useState('')
  const tree = useQuery(useTRPC().territory.tree.queryOptions({ at: territoryId, open: [territoryId] }))
  const nodes = tree.data?.nodes ?? []
  const target = nodes.find((node) => node.id === to)
  const move = useMove()
  const submit = () => {
    if (!target) return
    move.run([...selection.ids], target, selection.clear)
  }
  return (
    <ActionBar label={text('move.label')}>
      <p role="status" className="font-medium">
        {text(selection.full ? 'move.full' : 'move.count', { count: selection.count, max: SELECTION_MAX })}
      </p>
      <Select
        label={text('move.to')}
        lead={target && <LevelMark rank={target.rank} size={16} />}
        options={[
          { value: '', label: text('move.choose') },
          ...treeOrder(nodes).map(({ node, depth }) => ({
            value: node.id,
            label: `${'\u2003'.repeat(depth)}${node.name}`,
          })),
        ]}
        value={to}
        onChange={setTo}
      />
      <Button variant="primary" onClick={submit} disabled={!target || move.pending}>
        {text('move.do')}
      </Button>
      <Button variant="ghost" onClick={selection.clear}>
        {text('move.clear')}
      </Button>
      {move.error !== null && (
        <p role="alert" className="basis-full text-danger text-small">
          {sentence(move.error)} {text('move.kept')}
        </p>
      )}
    </ActionBar>
  )
}
