import type { Rank } from '@fieldback/domain/territory/rank'
import { notFound } from 'next/navigation'
import { caller, codeOf } from './caller.ts'

export type Place = { readonly id: string; readonly name: string; readonly rank: Rank }

/** The top of the reader's first branch: where his desk opens when the address names no place. */
export async function findTop(): Promise<string> {
  const { nodes } = await (await caller()).territory.tree({})
  return nodes.find((node) => node.parentId === null)?.id ?? notFound()
}

/** The place that an address names: not found when the reader may not open it or it is none; an outage is thrown. */
export async function findPlace(id: string): Promise<Place> {
  try {
    const { nodes } = await (await caller()).territory.tree({ at: id })
    const node = nodes.find((one) => one.id === id)
    if (node) return { id: node.id, name: node.name, rank: node.rank }
  } catch (error) {
    if (codeOf(error) === 'UNAVAILABLE') throw error
  }
  return notFound()
}
