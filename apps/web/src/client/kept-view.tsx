'use client'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import { createContext, useContext } from 'react'

/** What is on the screen, as one keeps it. */
export type KeptView = {
  /** Its address, without "?": every default written out, and months that move on with the days. */
  readonly query: string
  /** A name one may give it. */
  readonly name: string
  /** The months it shows move on with the days. */
  readonly moving: boolean
  /** From the root down to the place looked at, as far as its figures may be read: with whom it may be shared. */
  readonly places: readonly PlaceRef[]
}

const context = createContext<KeptView | null>(null)
export const KeptViewProvider = context.Provider
/** Null until what is on the screen is known. */
export const useKeptView = (): KeptView | null => useContext(context)
