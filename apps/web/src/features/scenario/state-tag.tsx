'use client'
import { Tag } from '@fieldback/ui/tag'
import type { ScenarioLine } from './scenario-page.ts'
import { useWords } from './use-words.ts'

type Standing = Pick<ScenarioLine, 'state' | 'fault' | 'effectiveOn' | 'publishedAt' | 'shared' | 'mine'>

/** Where a scenario stands, in a few words. */
export function StateTag(scenario: Standing) {
  const { text, formats } = useWords()
  const { state, fault, effectiveOn, shared, mine } = scenario
  if (fault) return <Tag tone="line">{text('state.failed')}</Tag>
  const day = effectiveOn ? formats.day(effectiveOn, 'short') : ''
  if (state === 'planned' || state === 'published')
    return <Tag tone="accent">{text(`state.${state}`, { day })}</Tag>
  if (state === 'discarded') return <Tag>{text('state.discarded')}</Tag>
  return <Tag>{text(mine && !shared ? 'state.mine' : 'state.draft')}</Tag>
}
