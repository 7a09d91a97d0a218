import * as z from 'zod'
import { nameKey } from '../account/normalise.ts'
import type { Answers } from '../field/answer.ts'
import { token, typedText } from '../typed.ts'

/** Which side of a street: numbers without a remainder by two, the others, or all, those without a number included. */
export const SIDES = ['odd', 'even', 'all'] as const
export type Side = (typeof SIDES)[number]

const line = typedText(200, 1)

/** Which accounts of a territory pass to another. */
export const rehomeRule = z.discriminatedUnion('by', [
  z.object({ by: z.literal('all') }),
  z.object({ by: z.literal('towns'), towns: z.array(line).min(1).max(500) }),
  z.object({ by: z.literal('accounts'), ids: z.array(z.uuid()).min(1).max(5_000) }),
  /** `option`: an option's id, true or false. */
  z.object({ by: z.literal('answer'), fieldId: z.uuid(), option: token(100) }),
  z.object({ by: z.literal('street'), town: line, street: line, side: z.enum(SIDES) }),
])
export type RehomeRule = z.infer<typeof rehomeRule>

/** What a rule looks at. */
export type RuledAccount = {
  readonly id: string
  readonly city: string | null
  readonly street: string | null
  readonly values: Answers
}

const NUMBER = /^\s*(\d{1,5})(?!\d)/

/** "12 bis, rue des Halles": its number, and its name without what goes with the number, ready to be compared. */
export function streetOf(text: string): {
  readonly number: number | null
  readonly name: string
  readonly key: string
} {
  const found = NUMBER.exec(text)
  const name = text.replace(/^\s*\d{1,5}\s*([a-d]|bis|ter|quater)?(?=[\s,])[\s,]*/i, '')
  return { number: found ? Number(found[1]) : null, name: name.trim(), key: nameKey(name) }
}

const onSide = (number: number | null, side: Side): boolean =>
  side === 'all' || (number !== null && number % 2 === (side === 'odd' ? 1 : 0))

/** Whether an account passes by a rule; towns and streets are compared without case nor accents. */
export function passes(rule: RehomeRule, account: RuledAccount): boolean {
  switch (rule.by) {
    case 'all':
      return true
    case 'towns': {
      const key = nameKey(account.city ?? '')
      return key !== '' && rule.towns.some((town) => nameKey(town) === key)
    }
    case 'accounts':
      return rule.ids.includes(account.id)
    case 'answer': {
      const given = account.values[rule.fieldId]?.x
      return Array.isArray(given)
        ? given.includes(rule.option)
        : given != null && String(given) === rule.option
    }
    case 'street': {
      const { number, key } = streetOf(account.street ?? '')
      const there = nameKey(account.city ?? '') === nameKey(rule.town) && key === streetOf(rule.street).key
      return there && key !== '' && onSide(number, rule.side)
    }
  }
}
