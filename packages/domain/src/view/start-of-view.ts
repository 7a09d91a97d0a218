import { branchesWith, type Scope, verdictAt } from '../access/scope.ts'
import { isWithin, type Path, pathIds } from '../territory/path.ts'

/**
 * The territory at which a reader opens a view: the view's own where he may read figures; else his branch inside it; else the
 * first of his branches. `moved`: it is not the view's own. Null for a reader without any.
 */
export function startOfView(
  scope: Scope,
  asked: { readonly id: string; readonly path: Path } | null,
): { readonly territoryId: string; readonly moved: boolean } | null {
  if (asked && verdictAt(scope, 'analytics.read', asked.path).allowed)
    return { territoryId: asked.id, moved: false }
  const branches = branchesWith(scope, 'analytics.read')
  const branch = (asked && branches.find((own) => isWithin(asked.path, own))) ?? branches[0]
  const territoryId = branch && pathIds(branch).at(-1)
  return territoryId ? { territoryId, moved: asked !== null } : null
}
