'use client'
import type { FieldEntity, Localised } from '@fieldback/domain/field/field-spec'
import { type EffectiveField, resolveFields } from '@fieldback/domain/field/resolve'
import { pathTo as pathAmong } from '@fieldback/domain/giveback/local-rows'
import type { Frame } from '@fieldback/domain/sync/pull'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { Formats } from '@fieldback/i18n/format'
import type { Locale } from '@fieldback/i18n/locale'
import type { PhoneTexts } from '@fieldback/i18n/phone-texts'
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { PhoneState, PhoneStore } from './data/store.ts'

/** What every screen of the phone needs: what it holds, how to save, and the reader's language. */
export type Phone = {
  readonly store: PhoneStore
  readonly texts: PhoneTexts
  readonly formats: Formats
  readonly locale: Locale
}

const PhoneContext = createContext<Phone | null>(null)

export function PhoneProvider({ phone, children }: { phone: Phone; children: ReactNode }) {
  return <PhoneContext value={phone}>{children}</PhoneContext>
}

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (!phone) throw new Error('usePhone is for the phone application')
  return phone
}

/** What this phone holds now; the screen follows each change. */
export function usePhoneState(): PhoneState {
  const { store } = usePhone()
  return useSyncExternalStore(store.subscribe, store.getState)
}

/** A label in the reader's language; French when the level has not translated it. */
export function useLabel(): (text: Localised) => string {
  const { locale } = usePhone()
  return (text) => (locale === 'en' ? (text.en ?? text.fr) : text.fr)
}

/** What the organisation calls a level; the common word on a phone whose frame came before it could be told. */
export function useLevelName(): (rank: Rank) => string {
  const { locale, texts } = usePhone()
  const { frame } = usePhoneState()
  return (rank) => frame.levelNames?.[rank]?.[locale] ?? texts('giveback')('level', { rank: String(rank) })
}

/** The phone's own local day, YYYY-MM-DD. */
export const todayHere = (now = new Date()): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`

/** The territories from the root to a home, as far as this phone knows them. */
export const pathTo = (state: PhoneState, territoryId: string): PathNode[] =>
  pathAmong(territoryId, state.frame.territories)

/** The questions asked at a home. */
export const fieldsAt = (
  { frame }: Pick<PhoneState, 'frame'>,
  territoryId: string,
  entity: FieldEntity,
): EffectiveField[] => resolveFields(pathAmong(territoryId, frame.territories), frame.fields, entity)

/** All questions effective at a home, of the three entities. */
export const fieldsAcross = ({ territories, fields }: Frame, territoryId: string): EffectiveField[] =>
  (['report', 'account', 'contact'] as const).flatMap((entity) =>
    resolveFields(pathAmong(territoryId, territories), fields, entity),
  )

export const allFieldsAt = ({ frame }: PhoneState, territoryId: string): EffectiveField[] =>
  fieldsAcross(frame, territoryId)
