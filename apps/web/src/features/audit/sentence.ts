import type { JournalLine } from '@fieldback/api/audit/journal'
import { isAuditAction } from '@fieldback/domain/audit/actions'
import { AUDIT_WORDS, type AuditWord, type Word } from '@fieldback/domain/audit/words'
import type { useTranslations } from 'next-intl'
import { type Say as ChangeSay, wordIn } from '../../client/change-lines.ts'

export type Say = ChangeSay & { readonly access: ReturnType<typeof useTranslations<'access'>> }

/** Chosen by sentences where nothing was, as "none" in a select. */
const NOTHING = 'none'
const DAY = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
const ROLES = ['rep', 'manager', 'headquarters', 'administrator'] as const

/** What somebody did, in a sentence without its subject; the same on screen and in the file. */
export function sentenceOf({ action, words }: Pick<JournalLine, 'action' | 'words'>, say: Say): string {
  if (!isAuditAction(action)) return say.text('unknown', { action })
  const told = Object.fromEntries(
    AUDIT_WORDS.map((word) => [word, toldWord(word, words[word], say)]),
  ) as Record<AuditWord, string | number>
  return say.text(`action.${action}`, told)
}

function toldWord(word: AuditWord, value: Word | undefined, say: Say): string | number {
  if (word === 'count') return typeof value === 'number' ? value : 0
  if (word === 'kind') return say.text('importKind', { kind: String(value) })
  if (value === undefined) return unknown(word, say)
  if (typeof value === 'object') return wordIn(value, say.locale)
  if (word === 'role') return roleName(value, say)
  if (word === 'locale') return say.text('locale', { locale: value })
  if (INSTANT.test(String(value))) return say.formats.instant(String(value))
  return DAY.test(String(value)) ? say.formats.day(String(value), 'numeric') : value
}

/** People are said to be unknown; for the rest a sentence has its case. */
const unknown = (word: AuditWord, say: Say): string => (word === 'person' ? say.text('nobody') : NOTHING)

function roleName(value: string | number, { access }: Say): string {
  const role = ROLES.find((known) => known === value)
  return role ? access(`role.${role}`) : String(value)
}
