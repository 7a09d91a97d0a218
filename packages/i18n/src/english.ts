import access from '../messages/en/access.json' with { type: 'json' }
import accessDesk from '../messages/en/access-desk.json' with { type: 'json' }
import accessDoor from '../messages/en/access-door.json' with { type: 'json' }
import account from '../messages/en/account.json' with { type: 'json' }
import accountDesk from '../messages/en/account-desk.json' with { type: 'json' }
import agenda from '../messages/en/agenda.json' with { type: 'json' }
import analytics from '../messages/en/analytics.json' with { type: 'json' }
import assignment from '../messages/en/assignment.json' with { type: 'json' }
import audit from '../messages/en/audit.json' with { type: 'json' }
import coaching from '../messages/en/coaching.json' with { type: 'json' }
import coachingDesk from '../messages/en/coaching-desk.json' with { type: 'json' }
import common from '../messages/en/common.json' with { type: 'json' }
import concept from '../messages/en/concept.json' with { type: 'json' }
import contest from '../messages/en/contest.json' with { type: 'json' }
import contestDesk from '../messages/en/contest-desk.json' with { type: 'json' }
import delegation from '../messages/en/delegation.json' with { type: 'json' }
import desk from '../messages/en/desk.json' with { type: 'json' }
import error from '../messages/en/error.json' with { type: 'json' }
import errorDesk from '../messages/en/error-desk.json' with { type: 'json' }
import field from '../messages/en/field.json' with { type: 'json' }
import fieldCondition from '../messages/en/field-condition.json' with { type: 'json' }
import fieldDesk from '../messages/en/field-desk.json' with { type: 'json' }
import fieldList from '../messages/en/field-list.json' with { type: 'json' }
import fieldMove from '../messages/en/field-move.json' with { type: 'json' }
import fieldPromote from '../messages/en/field-promote.json' with { type: 'json' }
import fieldRetype from '../messages/en/field-retype.json' with { type: 'json' }
import fieldTighten from '../messages/en/field-tighten.json' with { type: 'json' }
import fieldTypes from '../messages/en/field-types.json' with { type: 'json' }
import forMe from '../messages/en/for-me.json' with { type: 'json' }
import founding from '../messages/en/founding.json' with { type: 'json' }
import giveback from '../messages/en/giveback.json' with { type: 'json' }
import handover from '../messages/en/handover.json' with { type: 'json' }
import imports from '../messages/en/import.json' with { type: 'json' }
import insight from '../messages/en/insight.json' with { type: 'json' }
import list from '../messages/en/list.json' with { type: 'json' }
import lock from '../messages/en/lock.json' with { type: 'json' }
import meanwhile from '../messages/en/meanwhile.json' with { type: 'json' }
import media from '../messages/en/media.json' with { type: 'json' }
import objective from '../messages/en/objective.json' with { type: 'json' }
import objectiveDesk from '../messages/en/objective-desk.json' with { type: 'json' }
import opinion from '../messages/en/opinion.json' with { type: 'json' }
import org from '../messages/en/org.json' with { type: 'json' }
import orgSetup from '../messages/en/org-setup.json' with { type: 'json' }
import outbox from '../messages/en/outbox.json' with { type: 'json' }
import quarantine from '../messages/en/quarantine.json' with { type: 'json' }
import report from '../messages/en/report.json' with { type: 'json' }
import reportDesk from '../messages/en/report-desk.json' with { type: 'json' }
import retention from '../messages/en/retention.json' with { type: 'json' }
import returned from '../messages/en/return.json' with { type: 'json' }
import round from '../messages/en/round.json' with { type: 'json' }
import scenario from '../messages/en/scenario.json' with { type: 'json' }
import sector from '../messages/en/sector.json' with { type: 'json' }
import sectorDesk from '../messages/en/sector-desk.json' with { type: 'json' }
import segment from '../messages/en/segment.json' with { type: 'json' }
import shell from '../messages/en/shell.json' with { type: 'json' }
import sync from '../messages/en/sync.json' with { type: 'json' }
import territory from '../messages/en/territory.json' with { type: 'json' }
import view from '../messages/en/view.json' with { type: 'json' }
import waste from '../messages/en/waste.json' with { type: 'json' }
import type { Messages } from './french.ts'

/** Every English text: the type checker wants each key that French has. */
export const english: Messages = {
  access,
  account,
  accessDesk,
  accessDoor,
  accountDesk,
  agenda,
  analytics,
  assignment,
  audit,
  coaching,
  coachingDesk,
  objectiveDesk,
  sectorDesk,
  round,
  objective,
  sector,
  common,
  concept,
  contest,
  contestDesk,
  delegation,
  desk,
  error: { ...error, ...errorDesk },
  field,
  fieldCondition,
  fieldDesk,
  fieldPromote,
  fieldRetype,
  fieldMove,
  fieldList,
  fieldTighten,
  fieldTypes,
  forMe,
  founding,
  giveback,
  handover,
  import: imports,
  insight,
  lock,
  meanwhile,
  media,
  list,
  opinion,
  org,
  orgSetup,
  outbox,
  quarantine,
  report,
  retention,
  return: returned,
  scenario,
  segment,
  reportDesk,
  shell,
  sync,
  territory,
  view,
  waste,
}
