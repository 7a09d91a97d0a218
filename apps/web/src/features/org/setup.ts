import type { AppRouter } from '@fieldback/api/root'
import { SETUP_STEPS } from '@fieldback/domain/org/setup'
import type { inferRouterOutputs } from '@trpc/server'

type Outputs = inferRouterOutputs<AppRouter>
export type Setup = Outputs['org']['setup']
export type Place = Outputs['org']['places'][number]
export type StarterLine = Outputs['field']['starter']['fields'][number]

/** The steps, and what comes after them. */
export const PAGES = [...SETUP_STEPS, 'end'] as const
export type Page = (typeof PAGES)[number]

export type StepProps = {
  readonly setup: Setup
  readonly onNext: () => void
  readonly onGo: (to: Page) => void
}

/** Territories as a tree is read: each under its parent, by name. */
export function inOrder(places: readonly Place[], locale: string): Place[] {
  const { compare } = new Intl.Collator(locale)
  const under = new Map<string | null, Place[]>()
  for (const place of places) under.set(place.parentId, [...(under.get(place.parentId) ?? []), place])
  const walk = (parentId: string | null): Place[] =>
    (under.get(parentId) ?? [])
      .toSorted((a, b) => compare(a.name, b.name))
      .flatMap((place) => [place, ...walk(place.id)])
  return walk(null)
}

/** As a native list shows a tree: set in by its level. */
export const indented = ({ rank, name }: Place): string => `${'\u2003'.repeat(rank)}${name}`
