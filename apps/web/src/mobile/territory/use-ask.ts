'use client'
import type { SectorAsk } from '@fieldback/domain/territory/sector-ask'
import { useSave } from '../account/use-save.ts'

/** Keeps on the phone what is asked of a sub-sector, and says so; it leaves with the network. */
export function useAsk(
  territoryId: string,
): (sectorId: string, ask: SectorAsk, said: string) => Promise<boolean> {
  const save = useSave()
  return (sectorId, ask, said) =>
    save([{ kind: 'sector.arrange', entityId: sectorId, base: 0, body: { territoryId, ask } }], said)
}
