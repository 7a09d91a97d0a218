import type { FieldPage } from '@fieldback/api/field/read'
import { notFound } from 'next/navigation'
import { caller } from './caller.ts'
import { isRefusal } from './place.ts'

const MOST = 20

/** The questions that an address names, each once. Not found when the reader may not read one, or it is none. */
export async function readSources(from: string | string[] | undefined): Promise<FieldPage[]> {
  const ids = [...new Set(typeof from === 'string' ? from.split(',') : [])].slice(0, MOST)
  const { field } = await caller()
  try {
    return await Promise.all(ids.map((fieldId) => field.get({ fieldId })))
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
