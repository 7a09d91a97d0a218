import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { headquartersOnly, setHeadquartersOnly } from '@fieldback/db/delegation/delegation.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { levelNames } from '@fieldback/db/territory/territory.repo'
import { RANKS, type Rank } from '@fieldback/domain/territory/rank'
import { requireWholeOrganisation } from '../access/administer.ts'
import { refuseChanged } from '../meanwhile.ts'

/** Ranks of the levels at which headquarters alone define questions. */
export type KeptLevels = { readonly ranks: readonly Rank[] }

export async function readLevels(sdb: ScopedDb): Promise<KeptLevels> {
  await requireWholeOrganisation(sdb)
  return { ranks: sdb.scope.headquartersOnly ?? [] }
}

/** Keeps levels for headquarters, whose own right it never touches; answers what was kept, to undo. CHANGED_MEANWHILE. */
export async function keepLevels(
  sdb: ScopedDb,
  input: { readonly ranks: readonly Rank[]; readonly known?: readonly Rank[] | undefined },
  newId: () => string,
): Promise<KeptLevels> {
  await requireWholeOrganisation(sdb)
  const ranks = RANKS.filter((rank) => input.ranks.includes(rank))
  const before = await headquartersOnly(sdb)
  if (before.join() === ranks.join()) return { ranks: before }
  refuseChanged(input.known, before)
  await setHeadquartersOnly(sdb, ranks)
  const names = await levelNames(sdb)
  const named = (kept: readonly Rank[]) => kept.flatMap((rank) => names[rank] ?? [])
  await writeAudit(sdb, {
    id: newId(),
    action: 'delegation.keepLevels',
    subjectId: sdb.scope.orgId,
    detail: { from: named(before), to: named(ranks), before, after: ranks },
  })
  return { ranks: before }
}
