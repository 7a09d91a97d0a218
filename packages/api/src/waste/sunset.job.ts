import { unsafeWriteAudits } from '@fieldback/db/audit/audit.repo'
import { inOrg, type OrgTx } from '@fieldback/db/client'
import { type SunsetField, unsafeCarryOut, unsafeSunsetState } from '@fieldback/db/waste/sunset.repo'
import { addDays, type Day } from '@fieldback/domain/agenda/day'
import { addMonths, firstDay, monthOfDay } from '@fieldback/domain/analytics/period'
import { ANSWERS_MIN, AUDIT_MONTHS, YOUNG_DAYS } from '@fieldback/domain/waste/audit-field'
import { planSunsets, SUNSET_DAYS, type SunsetPlan, WARNED_DAYS } from '@fieldback/domain/waste/sunset'
import { openFormats } from '@fieldback/i18n/format'
import { isLocale, type Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import type { Deps } from '../context.ts'
import { type Owner, ownersOf } from '../field/owners-of.ts'

export type SunsetDeps = Pick<Deps, 'db' | 'email' | 'log' | 'newId' | 'now' | 'site'>

export type Sunsets = Readonly<Record<keyof SunsetPlan, number>>

type Letter = {
  readonly kind: 'propose' | 'warn' | 'retire'
  readonly fields: readonly SunsetField[]
}

/**
 * Looks which questions of an organisation give nothing back: tells their owners, warns them, and stops asking when nobody
 * answered. Done in one transaction; letters leave after it, and one that does not leave is no reason to begin again: the
 * audit of the branch says the same.
 */
export async function sunsetFields(deps: SunsetDeps, orgId: string): Promise<Sunsets> {
  const at = deps.now()
  const day = at.toISOString().slice(0, 10)
  const { plan, letters } = await inOrg(deps.db, orgId, async (tx) => {
    const { unused, standing, kept } = await unsafeSunsetState(tx, orgId, {
      since: firstDay(addMonths(monthOfDay(day), -AUDIT_MONTHS)),
      before: addDays(day, -YOUNG_DAYS),
      answers: ANSWERS_MIN,
    })
    const plan = planSunsets(day, {
      unused: new Set(unused),
      standing,
      kept: new Map(kept.map(({ fieldId, day: keptOn }) => [fieldId, keptOn])),
    })
    if (Object.values(plan).every((ids) => ids.length === 0)) return { plan, letters: [] }
    const fields = await unsafeCarryOut(tx, orgId, plan, { day, at })
    const retired = fields.filter(({ fieldId }) => plan.retire.includes(fieldId))
    await unsafeWriteAudits(
      tx,
      orgId,
      retired.map(({ fieldId, key, territoryId }) => ({
        id: deps.newId(),
        action: 'field.sunset',
        subjectId: fieldId,
        detail: { key, territoryId },
      })),
    )
    return { plan, letters: await lettersOf(tx, orgId, { plan, fields, day }) }
  })
  for (const letter of letters) await post(deps, letter, day)
  const { propose, warn, retire, drop } = plan
  return { propose: propose.length, warn: warn.length, retire: retire.length, drop: drop.length }
}

type Addressed = Letter & Omit<Owner<SunsetField>, 'fields'>

/** A letter a person and kind. */
async function lettersOf(
  tx: OrgTx,
  orgId: string,
  { plan, fields, day }: { plan: SunsetPlan; fields: readonly SunsetField[]; day: Day },
): Promise<Addressed[]> {
  const owners = await ownersOf(tx, orgId, fields, day)
  return owners.flatMap((owner) =>
    (['propose', 'warn', 'retire'] as const).flatMap((kind) => {
      const own = owner.fields.filter(({ fieldId }) => plan[kind].includes(fieldId))
      return own.length > 0 ? [{ ...owner, kind, fields: own }] : []
    }),
  )
}

async function post({ email, log, site }: SunsetDeps, letter: Addressed, day: Day): Promise<void> {
  const { kind, to, fields, orgName, orgLocale, timeZone } = letter
  const locale: Locale = [to.locale, orgLocale].find(isLocale) ?? 'fr'
  const text = openTexts(messagesOf(locale), locale)('waste')
  const said = {
    name: to.displayName,
    organisation: orgName,
    count: fields.length,
    questions: fields
      .map(({ label, territory }) => `- ${label[locale] ?? label.fr} (${territory})`)
      .join('\n'),
    day: openFormats(locale, timeZone).day(addDays(day, kind === 'warn' ? WARNED_DAYS : SUNSET_DAYS)),
    link: new URL('/manage/waste', site).href,
  }
  try {
    await email.send({
      to: to.email,
      subject: text(`mail.${kind}Subject`, said),
      text: text(`mail.${kind}Text`, said),
    })
  } catch (error) {
    log.error('waste.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
}
