import { touchDevice } from '@fieldback/db/access/device.repo'
import { PERMISSIONS } from '@fieldback/domain/access/permissions'
import { holdsAnywhere, homePage } from '@fieldback/domain/access/scope'
import { memberProcedure, router } from '../trpc.ts'
import { settingsProcedures } from './settings.ts'
import { setupProcedures } from './setup.ts'

export const orgRouter = router({
  ...settingsProcedures,
  ...setupProcedures,

  /** Who is signed in, in which organisation's day, what he holds somewhere, and where he lands. */
  me: memberProcedure.query(async ({ ctx }) => {
    await touchDevice(ctx.sdb)
    const { displayName, locale, orgName, timeZone } = ctx.me
    const { day, grants } = ctx.scope
    const roles = [...new Set(grants.map((grant) => grant.role))]
    const { proof: _how, ...ids } = ctx.session
    const permissions = PERMISSIONS.filter((permission) => holdsAnywhere(ctx.scope, permission))
    return { ...ids, orgName, displayName, locale, timeZone, day, home: homePage(grants), roles, permissions }
  }),
})
