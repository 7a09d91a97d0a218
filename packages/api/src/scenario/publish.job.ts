import { findInvitees } from '@fieldback/db/access/invitation.repo'
import { inOrg, type OrgTx } from '@fieldback/db/client'
import { lockPublications } from '@fieldback/db/field/field.repo'
import {
  findScenario,
  type PublishFault,
  type Scenario,
  unsafeDueScenarios,
  unsafeFlag,
} from '@fieldback/db/scenario/scenario.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { isLocale } from '@fieldback/i18n/locale'
import type { Deps } from '../context.ts'
import { scopeOfMember } from '../open-session.ts'
import { type Hindered, hindrancesFor } from './hindrances.ts'
import { letterWords } from './letter-words.ts'
import { carryOut, PUBLISH_MS } from './publish.ts'

export type PublishDeps = Pick<Deps, 'db' | 'email' | 'log' | 'newId' | 'now' | 'site'>

/**
 * Applies the planned scenarios of an organisation whose day has come, each in a transaction of its own and with the
 * rights of who planned it. What cannot be applied stays planned, is flagged, and told by mail to who drafted and who
 * planned it; it is tried again once something of it has changed. One that fails unforeseen holds back no other, and is then
 * thrown, for the job to be tried again. Run again, it finds nothing left to do.
 */
export async function publishDue(
  deps: PublishDeps,
  orgId: string,
): Promise<{ readonly published: number; readonly failed: number }> {
  const due = await inOrg(deps.db, orgId, (tx) => unsafeDueScenarios(tx, orgId, deps.now()))
  let published = 0
  let failed = 0
  const unforeseen: unknown[] = []
  for (const one of due) {
    try {
      const outcome = await publishOne(deps, orgId, one)
      if (outcome === 'published') published += 1
      if (outcome === 'failed') failed += 1
    } catch (error) {
      unforeseen.push(error)
    }
  }
  if (unforeseen.length > 0) throw unforeseen[0]
  return { published, failed }
}

type Due = { readonly id: string; readonly plannedBy: string }

async function publishOne(
  deps: PublishDeps,
  orgId: string,
  due: Due,
): Promise<'published' | 'failed' | 'changed'> {
  let seen: Scenario | null = null
  try {
    return await inOrg(
      deps.db,
      orgId,
      async (tx) => {
        // As in `publish`: rights and the branch are read as whoever changes the tree meanwhile leaves them.
        await lockPublications({ tx, scope: { orgId } })
        const scope = await scopeOfMember(tx, { orgId, membershipId: due.plannedBy }, deps.now())
        seen = await findScenario({ tx, scope }, due.id, { lock: true })
        // Somebody was quicker, or has changed his mind.
        if (!isDue(seen, due, scope.day)) return 'changed'
        await carryOut({ tx, scope }, seen, deps)
        return 'published'
      },
      { timeout: PUBLISH_MS },
    )
  } catch (error) {
    if (!(error instanceof FieldbackError)) throw error
    return flag(deps, orgId, { due, seen, error })
  }
}

const isDue = (scenario: Scenario | null, { plannedBy }: Due, day: string): scenario is Scenario =>
  scenario?.state === 'planned' &&
  scenario.plannedBy === plannedBy &&
  scenario.fault === null &&
  scenario.effectiveOn !== null &&
  scenario.effectiveOn <= day

async function flag(
  deps: PublishDeps,
  orgId: string,
  { due, seen, error }: { readonly due: Due; readonly seen: Scenario | null; readonly error: FieldbackError },
): Promise<'failed' | 'changed'> {
  const { code, params } = error
  const fault: PublishFault = {
    code,
    params,
    gesture: typeof params.gesture === 'string' ? params.gesture : null,
  }
  const letters = await inOrg(deps.db, orgId, async (tx) => {
    const version = seen?.version ?? null
    const flagged = await unsafeFlag(tx, orgId, { id: due.id, version, fault })
    if (!flagged) return null
    const org = { tx, scope: { orgId, day: flagged.effectiveOn } }
    const hindered = seen && (await hindrancesFor(org, { scenario: seen, now: deps.now() }))
    return lettersOf(tx, orgId, { ...flagged, ...due, fault, hindered })
  })
  if (letters === null) return 'changed'
  for (const letter of letters.to) await post(deps, letters, letter)
  return 'failed'
}

type Flagged = {
  readonly id: string
  readonly name: string
  readonly effectiveOn: string
  readonly tell: readonly string[]
  readonly fault: PublishFault
  /** Why, gesture by gesture; null when it could not be read at all. */
  readonly hindered: Hindered | null
}

async function lettersOf(tx: OrgTx, orgId: string, { tell, ...flagged }: Flagged) {
  const { invitees, ...sender } = await findInvitees(tx, orgId, [...new Set(tell)])
  return { ...sender, ...flagged, to: invitees }
}
type Letters = Awaited<ReturnType<typeof lettersOf>>

async function post(
  { email, log, site }: PublishDeps,
  { orgName, orgLocale, timeZone, name, effectiveOn, fault, hindered, id }: Letters,
  letter: Letters['to'][number],
): Promise<void> {
  const locale = [letter.locale, orgLocale].find(isLocale) ?? 'fr'
  const { text, formats, hindrances, sentence } = letterWords(locale, timeZone)
  const said = {
    name: letter.displayName,
    organisation: orgName,
    scenario: name,
    day: formats.day(effectiveOn),
    reason: (hindered && hindrances(hindered)) || sentence(fault),
    link: new URL(`/manage/scenarios/${id}`, site).href,
  }
  try {
    await email.send({
      to: letter.email,
      subject: text('mail.subject', said),
      text: text('mail.text', said),
    })
  } catch (error) {
    log.error('scenario.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
}
