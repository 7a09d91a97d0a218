import { keepPairs } from '@fieldback/db/analytics/pair.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import type { Scope } from '@fieldback/domain/access/scope'
import type { Deps } from '../context.ts'
import type { Keep } from './ask-counts.ts'

/**
 * Has pairs counted in advance, in a transaction of its own: the question is only read, maybe elsewhere. That it fails costs nobody the answer; it is
 * asked for again with the next one.
 */
export const keeping =
  ({ db, log, newId }: Pick<Deps, 'db' | 'log' | 'newId'>, scope: Scope): Keep =>
  async (pairs) => {
    try {
      await inOrgSql(db, scope.orgId, (tx) =>
        keepPairs({ tx, scope }, { pairs, newIds: pairs.map(() => newId()) }),
      )
    } catch {
      log.warn('pairs.kept_not', { pairs: pairs.length })
    }
  }
