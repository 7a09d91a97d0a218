import type { Rank } from '@fieldback/domain/territory/rank'
import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { caller } from './caller.ts'

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
    if (!isRefusal(error)) throw error
  }
  return notFound()
}

/** The application answered no: to a reader it is the same as nothing there. Anything else is an outage. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR'
