import type { Rank } from '@fieldback/domain/territory/rank'
import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { caller } from './caller.ts'

export type Place = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  readonly closed: boolean
}

/**
 * The top of the reader's first branch: where his desk opens when the address names no place. `near`: of the one that
 * holds this territory, when he has it.
 */
export async function findTop(near?: string): Promise<string> {
  const { nodes } = await (await caller()).territory.tree({ at: near ?? null })
  const above = (id: string): string => {
    const parent = nodes.find((node) => node.id === id)?.parentId ?? null
    return parent === null ? id : above(parent)
  }
  const known = near !== undefined && nodes.some((node) => node.id === near)
  return known ? above(near) : (nodes.find((node) => node.parentId === null)?.id ?? notFound())
}

/**
 * The place that an address names, `evenClosed`: or a closed one that still holds accounts. Not found when the reader may
 * not open it or it is none; an outage is thrown.
 */
export async function findPlace(
  id: string,
  { evenClosed = false }: { readonly evenClosed?: boolean } = {},
): Promise<Place> {
  return (await placeOf(id, evenClosed)) ?? notFound()
}

/** Whether a place is closed and still holds accounts of the reader's branches. */
export const isClosed = async (id: string): Promise<boolean> => (await placeOf(id, true))?.closed ?? false

async function placeOf(id: string, closed: boolean): Promise<Place | null> {
  try {
    const { nodes } = await (await caller()).territory.tree({ at: id, closed })
    const node = nodes.find((one) => one.id === id)
    return node ? { id: node.id, name: node.name, rank: node.rank, closed: node.closed } : null
  } catch (error) {
    if (!isRefusal(error)) throw error
    return null
  }
}

/** The application answered no: to a reader it is the same as nothing there. Anything else is an outage. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR'
