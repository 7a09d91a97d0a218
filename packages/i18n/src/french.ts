import access from '../messages/fr/access.json' with { type: 'json' }
import accessDesk from '../messages/fr/access-desk.json' with { type: 'json' }
import accessDoor from '../messages/fr/access-door.json' with { type: 'json' }
import account from '../messages/fr/account.json' with { type: 'json' }
import accountDesk from '../messages/fr/account-desk.json' with { type: 'json' }
import agenda from '../messages/fr/agenda.json' with { type: 'json' }
import analytics from '../messages/fr/analytics.json' with { type: 'json' }
import assignment from '../messages/fr/assignment.json' with { type: 'json' }
import audit from '../messages/fr/audit.json' with { type: 'json' }
import coaching from '../messages/fr/coaching.json' with { type: 'json' }
import coachingDesk from '../messages/fr/coaching-desk.json' with { type: 'json' }
import common from '../messages/fr/common.json' with { type: 'json' }
import concept from '../messages/fr/concept.json' with { type: 'json' }
import contest from '../messages/fr/contest.json' with { type: 'json' }
import contestDesk from '../messages/fr/contest-desk.json' with { type: 'json' }
import delegation from '../messages/fr/delegation.json' with { type: 'json' }
import desk from '../messages/fr/desk.json' with { type: 'json' }
import error from '../messages/fr/error.json' with { type: 'json' }
import errorDesk from '../messages/fr/error-desk.json' with { type: 'json' }
import field from '../messages/fr/field.json' with { type: 'json' }
import fieldCondition from '../messages/fr/field-condition.json' with { type: 'json' }
import fieldDesk from '../messages/fr/field-desk.json' with { type: 'json' }
import fieldList from '../messages/fr/field-list.json' with { type: 'json' }
import fieldMove from '../messages/fr/field-move.json' with { type: 'json' }
import fieldPromote from '../messages/fr/field-promote.json' with { type: 'json' }
import fieldRetype from '../messages/fr/field-retype.json' with { type: 'json' }
import fieldTighten from '../messages/fr/field-tighten.json' with { type: 'json' }
import fieldTypes from '../messages/fr/field-types.json' with { type: 'json' }
import forMe from '../messages/fr/for-me.json' with { type: 'json' }
import founding from '../messages/fr/founding.json' with { type: 'json' }
import giveback from '../messages/fr/giveback.json' with { type: 'json' }
import handover from '../messages/fr/handover.json' with { type: 'json' }
import imports from '../messages/fr/import.json' with { type: 'json' }
import insight from '../messages/fr/insight.json' with { type: 'json' }
import list from '../messages/fr/list.json' with { type: 'json' }
import lock from '../messages/fr/lock.json' with { type: 'json' }
import meanwhile from '../messages/fr/meanwhile.json' with { type: 'json' }
import media from '../messages/fr/media.json' with { type: 'json' }
import objective from '../messages/fr/objective.json' with { type: 'json' }
import objectiveDesk from '../messages/fr/objective-desk.json' with { type: 'json' }
import opinion from '../messages/fr/opinion.json' with { type: 'json' }
import org from '../messages/fr/org.json' with { type: 'json' }
import orgSetup from '../messages/fr/org-setup.json' with { type: 'json' }
import outbox from '../messages/fr/outbox.json' with { type: 'json' }
import quarantine from '../messages/fr/quarantine.json' with { type: 'json' }
import report from '../messages/fr/report.json' with { type: 'json' }
import reportDesk from '../messages/fr/report-desk.json' with { type: 'json' }
import retention from '../messages/fr/retention.json' with { type: 'json' }
import returned from '../messages/fr/return.json' with { type: 'json' }
import round from '../messages/fr/round.json' with { type: 'json' }
import scenario from '../messages/fr/scenario.json' with { type: 'json' }
import sector from '../messages/fr/sector.json' with { type: 'json' }
import sectorDesk from '../messages/fr/sector-desk.json' with { type: 'json' }
import segment from '../messages/fr/segment.json' with { type: 'json' }
import shell from '../messages/fr/shell.json' with { type: 'json' }
import sync from '../messages/fr/sync.json' with { type: 'json' }
import territory from '../messages/fr/territory.json' with { type: 'json' }
import view from '../messages/fr/view.json' with { type: 'json' }
import waste from '../messages/fr/waste.json' with { type: 'json' }

/**
 * Every French text, one namespace per noun; typography is set when they are loaded. A noun that the phone also speaks
 * keeps its desk and door texts apart (`…Desk`, `…Door`), so that the phone does not fetch them; errors are one namespace of both files.
 */
export const french = {
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

/** The shape both languages share: French is written first, so it gives the keys. */
export type Messages = typeof french
export type Noun = keyof Messages
