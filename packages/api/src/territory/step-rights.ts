import type { NearTerritory } from '@fieldback/db/territory/near-tree.repo'
import type { Permission } from '@fieldback/domain/access/permissions'
import { type Scope, verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { LOCAL, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'

type Known = ReadonlyMap<string, NearTerritory>

const ADMINISTER = 'organisation.administer'

/**
 * Whether the reader may take some steps, in the tree before them: managers arrange the sub-sectors of their branch, what
 * lies above is the administrator's. What steps before have made is judged where it was made. NOT_FOUND, FORBIDDEN,
 * TERRITORY_RANK when only sub-sectors are the reader's.
 */
export function checkRights(scope: Scope, known: Known, steps: readonly TreeStep[]): void {
  const made = new Map<string, string>()
  const at = (id: string): NearTerritory => {
    const place = known.get(made.get(id) ?? id)
    if (!place) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    return place
  }
  for (const step of steps) {
    if (step.of === 'create') made.set(step.id, made.get(step.parentId) ?? step.parentId)
    checkStep(scope, step, { at, made })
  }
}

type Places = { readonly at: (id: string) => NearTerritory; readonly made: ReadonlyMap<string, string> }

function checkStep(scope: Scope, step: TreeStep, { at, made }: Places): void {
  const administers = (id: string) => require(scope, ADMINISTER, at(id))
  /** A sub-sector, or anything for who administers it. */
  const arranges = (id: string) => {
    const place = at(id)
    require(scope, 'territory.arrange', place)
    if (place.rank === SUB_SECTOR || made.has(id) || verdictAt(scope, ADMINISTER, place.path).allowed) return
    throw new FieldbackError('TERRITORY_RANK', { rank: place.rank, need: SUB_SECTOR })
  }
  /** A local territory, under which sub-sectors come and go; anything for who administers it. */
  const holdsUnder = (id: string) => {
    if (at(id).rank === LOCAL) require(scope, 'territory.arrange', at(id))
    else administers(id)
  }
  const passesAccounts = (id: string) => {
    if (!verdictAt(scope, ADMINISTER, at(id).path).allowed) require(scope, 'account.move', at(id))
  }
  switch (step.of) {
    case 'create':
      if (step.rank === SUB_SECTOR) holdsUnder(step.parentId)
      else administers(step.parentId)
      break
    case 'rename':
    case 'close':
    case 'reopen':
      arranges(step.territoryId)
      break
    case 'move': {
      arranges(step.territoryId)
      holdsUnder(step.parentId)
      // Where it was made was judged then.
      const from = made.has(step.territoryId) ? null : at(step.territoryId).parentId
      if (from !== null) holdsUnder(from)
      break
    }
    case 'merge':
      for (const id of [step.territoryId, step.intoId]) arranges(id)
      break
    case 'rehome':
      for (const id of [step.fromId, step.toId]) passesAccounts(id)
      break
    case 'rehang':
      for (const id of [step.fromId, step.toId]) arranges(id)
      break
    // Judged with the role that is given or ended, and with each question.
    case 'assign':
    case 'endAssignment':
    case 'unsettle':
      break
  }
}

function require(scope: Scope, permission: Permission, { path, rank }: NearTerritory): void {
  const verdict = verdictAt(scope, permission, { path, rank })
  if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
}
