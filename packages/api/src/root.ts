import { accessRouter } from './access/router.ts'
import { accountRouter } from './account/router.ts'
import { analyticsRouter } from './analytics/router.ts'
import { assignmentRouter } from './assignment/router.ts'
import { auditRouter } from './audit/router.ts'
import { coachingRouter } from './coaching/router.ts'
import { conceptRouter } from './concept/router.ts'
import { contestRouter } from './contest/router.ts'
import { delegationRouter } from './delegation/router.ts'
import { fieldRouter } from './field/router.ts'
import { importRouter } from './import/router.ts'
import { insightRouter } from './insight/router.ts'
import { listRouter } from './list/router.ts'
import { objectiveRouter } from './objective/router.ts'
import { orgRouter } from './org/router.ts'
import { quarantineRouter } from './quarantine/router.ts'
import { reportRouter } from './report/router.ts'
import { retentionRouter } from './retention/router.ts'
import { scenarioRouter } from './scenario/router.ts'
import { syncRouter } from './sync/router.ts'
import { territoryRouter } from './territory/router.ts'
import { router } from './trpc.ts'
import { viewRouter } from './view/router.ts'
import { wasteRouter } from './waste/router.ts'

export const appRouter = router({
  access: accessRouter,
  account: accountRouter,
  analytics: analyticsRouter,
  assignment: assignmentRouter,
  audit: auditRouter,
  coaching: coachingRouter,
  concept: conceptRouter,
  contest: contestRouter,
  delegation: delegationRouter,
  field: fieldRouter,
  import: importRouter,
  insight: insightRouter,
  list: listRouter,
  objective: objectiveRouter,
  org: orgRouter,
  quarantine: quarantineRouter,
  report: reportRouter,
  retention: retentionRouter,
  scenario: scenarioRouter,
  sync: syncRouter,
  territory: territoryRouter,
  view: viewRouter,
  waste: wasteRouter,
})

/** The web imports this as a type only. */
export type AppRouter = typeof appRouter
