import { findInvitees } from '@fieldback/db/access/invitation.repo'
import { inOrg } from '@fieldback/db/client'
import { branchNodes } from '@fieldback/db/scenario/live-facts.repo'
import { findScenario, type Scenario } from '@fieldback/db/scenario/scenario.repo'
import { type Untold, unsafeNoteTold, unsafeUntold } from '@fieldback/db/scenario/told.repo'
import { concernedBy } from '@fieldback/domain/scenario/concerned'
import type { Gesture } from '@fieldback/domain/scenario/scenario'
import { toldStep } from '@fieldback/domain/scenario/told'
import { isLocale } from '@fieldback/i18n/locale'
import type { Deps } from '../context.ts'
import { hindrancesFor } from './hindrances.ts'
import { letterWords } from './letter-words.ts'
import { heldIn } from './live.ts'
import { stepNames } from './step-names.ts'

export type TellDeps = Pick<Deps, 'db' | 'email' | 'log' | 'now' | 'site'>

/** Scenarios that are told in one run, and letters of one of them. */
const SCENARIOS_MAX = 20
const LETTERS_MAX = 1_000

/**
 * Tells whoever works where a planned scenario changes something, two weeks before its day, and again when it is put to
 * another day or is off; and who drafted and planned it, when it could not be applied as things stand. Noted before letters leave: run again, it tells nobody twice; a letter that fails is logged.
 */
export async function tellAhead(deps: TellDeps, orgId: string): Promise<{ readonly told: number }> {
  const untold = await inOrg(deps.db, orgId, (tx) =>
    unsafeUntold(tx, orgId, { at: deps.now(), limit: SCENARIOS_MAX }),
  )
  let told = 0
  for (const one of untold) {
    const letters = await lettersOf(deps, orgId, one)
    if (!letters) continue
    for (const letter of letters.to) await post(deps, ahead(letters, letter))
    for (const letter of letters.makers) await post(deps, hindered(deps, letters, letter))
    told += letters.to.length + letters.makers.length
  }
  return { told }
}

/** Whom to write what; null when somebody was quicker, or has changed it meanwhile. */
async function lettersOf({ db, log, now }: TellDeps, orgId: string, one: Untold) {
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
    const hindered = one.off ? null : await hindrancesFor(org, { scenario, now: now() })
    const { invitees, ...sender } = await findInvitees(tx, orgId, [...concerned.keys()].slice(0, LETTERS_MAX))
    const { invitees: makers } = await findInvitees(tx, orgId, hindered?.all.length ? makersOf(scenario) : [])
    const names = await stepNames(
      org,
      gestures.flatMap(({ steps }) => steps),
    )
    const to = invitees.map((person) => ({ ...person, gestures: concerned.get(person.membershipId) ?? [] }))
    return { ...one, ...sender, scenario: scenario.name, changedBy, names, to, makers, hindered }
  })
}
type Letters = NonNullable<Awaited<ReturnType<typeof lettersOf>>>
type To = Pick<Letters['to'][number], 'displayName' | 'locale' | 'email'>

const makersOf = ({ authorId, plannedBy }: Pick<Scenario, 'authorId' | 'plannedBy'>): string[] => [
  ...new Set([authorId, ...(plannedBy ? [plannedBy] : [])]),
]

type Letter = { readonly to: string; readonly subject: string; readonly text: string }

const wordsFor = ({ orgLocale, timeZone }: Letters, { locale }: To) =>
  letterWords([locale, orgLocale].find(isLocale) ?? 'fr', timeZone)

/** To who works where it changes something. */
function ahead(letters: Letters, to: Letters['to'][number]): Letter {
  const { off, toldFor, hindered } = letters
  const { text, formats, gesture, standing } = wordsFor(letters, to)
  const line = ({ id, steps }: Gesture): string =>
    standing(
      gesture(steps.flatMap((step) => toldStep(step, letters.names))),
      hindered?.all.filter(({ gestureId }) => gestureId === id) ?? [],
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
  return {
    to: to.email,
    subject: text(`ahead.${kind}.subject`, said),
    text: text(`ahead.${kind}.text`, said),
  }
}

/** To who drafted and planned what could not be applied as things stand. */
function hindered({ site }: TellDeps, letters: Letters, to: To): Letter {
  const { text, formats, hindrances } = wordsFor(letters, to)
  const said = {
    name: to.displayName,
    organisation: letters.orgName,
    scenario: letters.scenario,
    day: formats.day(letters.day),
    reason: letters.hindered ? hindrances(letters.hindered) : '',
    link: new URL(`/manage/scenarios/${letters.id}`, site).href,
  }
  return {
    to: to.email,
    subject: text('ahead.hindered.subject', said),
    text: text('ahead.hindered.text', said),
  }
}

async function post({ email, log }: TellDeps, letter: Letter): Promise<void> {
  try {
    await email.send(letter)
  } catch (error) {
    log.error('scenario.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
}
