import { findInvitees } from '@fieldback/db/access/invitation.repo'
import { inOrg } from '@fieldback/db/client'
import { branchNodes } from '@fieldback/db/scenario/live-facts.repo'
import { findScenario } from '@fieldback/db/scenario/scenario.repo'
import { type Untold, unsafeNoteTold, unsafeUntold } from '@fieldback/db/scenario/told.repo'
import { concernedBy } from '@fieldback/domain/scenario/concerned'
import type { Gesture } from '@fieldback/domain/scenario/scenario'
import { toldStep } from '@fieldback/domain/scenario/told'
import { inLocale } from '@fieldback/i18n/figure-words'
import { openFormats } from '@fieldback/i18n/format'
import { isLocale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import { toldSteps } from '@fieldback/i18n/told-steps'
import type { Deps } from '../context.ts'
import { heldIn } from './live.ts'
import { stepNames } from './step-names.ts'

export type TellDeps = Pick<Deps, 'db' | 'email' | 'log' | 'now'>

/** Scenarios that are told in one run, and letters of one of them. */
const SCENARIOS_MAX = 20
const LETTERS_MAX = 1_000

/**
 * Tells whoever works where a planned scenario changes something, two weeks before its day, and again when it is put to
 * another day or is off. Noted before letters leave: run again, it tells nobody twice; a letter that fails is logged.
 */
export async function tellAhead(deps: TellDeps, orgId: string): Promise<{ readonly told: number }> {
  const untold = await inOrg(deps.db, orgId, (tx) =>
    unsafeUntold(tx, orgId, { at: deps.now(), limit: SCENARIOS_MAX }),
  )
  let told = 0
  for (const one of untold) {
    const letters = await lettersOf(deps, orgId, one)
    for (const letter of letters?.to ?? []) if (letters) await post(deps, letters, letter)
    told += letters?.to.length ?? 0
  }
  return { told }
}

/** Whom to write what; null when somebody was quicker, or has changed it meanwhile. */
async function lettersOf({ db, log }: TellDeps, orgId: string, one: Untold) {
  return inOrg(db, orgId, async (tx) => {
    const org = { tx, scope: { orgId, day: one.day } }
    const scenario = await findScenario(org, one.id, { lock: false })
    if (!scenario || !(await unsafeNoteTold(tx, orgId, { ...one, version: scenario.version }))) return null
    const { gestures, territory, changedBy } = scenario
    const concerned = concernedBy(gestures, {
      tree: await branchNodes(org, territory.path),
      held: await heldIn(org, territory.path),
      day: one.day,
    })
    if (concerned.size > LETTERS_MAX)
      log.warn('scenario.letters-left', { left: concerned.size - LETTERS_MAX })
    const { invitees, ...sender } = await findInvitees(tx, orgId, [...concerned.keys()].slice(0, LETTERS_MAX))
    const names = await stepNames(
      org,
      gestures.flatMap(({ steps }) => steps),
    )
    const to = invitees.map((person) => ({ ...person, gestures: concerned.get(person.membershipId) ?? [] }))
    return { ...one, ...sender, changedBy, names, to }
  })
}
type Letters = NonNullable<Awaited<ReturnType<typeof lettersOf>>>

async function post({ email, log }: TellDeps, letters: Letters, to: Letters['to'][number]): Promise<void> {
  const { orgLocale, timeZone, off, toldFor } = letters
  const locale = [to.locale, orgLocale].find(isLocale) ?? 'fr'
  const text = openTexts(messagesOf(locale), locale)('scenario')
  const formats = openFormats(locale, timeZone)
  const line = ({ steps }: Gesture): string =>
    toldSteps(
      steps.flatMap((step) => toldStep(step, letters.names)),
      {
        text: (key, values) => text(`gestures.told.${key}`, values),
        formats,
        label: (label) => inLocale(label, locale),
      },
    )
  const said = {
    name: to.displayName,
    organisation: letters.orgName,
    who: letters.changedBy,
    day: formats.day(letters.day),
    before: toldFor === null ? '' : formats.day(toldFor),
    what: to.gestures.map((gesture) => `- ${line(gesture)}`).join('\n'),
  }
  const kind = off ? 'off' : toldFor === null ? 'planned' : 'moved'
  try {
    await email.send({
      to: to.email,
      subject: text(`ahead.${kind}.subject`, said),
      text: text(`ahead.${kind}.text`, said),
    })
  } catch (error) {
    log.error('scenario.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
}
