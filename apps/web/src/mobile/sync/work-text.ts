'use client'
import type { Operation } from '@fieldback/domain/sync/operation'
import { contactName } from '../account/reach.ts'
import type { CacheRows } from '../data/cache.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { paths } from '../router.tsx'
import type { Work } from './outbox-work.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'

/** What was first done to something here, thrown away or not. */
const firstOn = (id: string, outbox: readonly OutboxItem[]): Operation | undefined =>
  outbox.map(({ operation, discarded }) => discarded ?? operation).find(({ entityId }) => entityId === id)

/** An account's name; of one made here too, whatever became of it since. */
export function accountName(
  id: string | null,
  { accounts }: Pick<CacheRows, 'accounts'>,
  outbox: readonly OutboxItem[],
): string | null {
  if (id === null) return null
  const made = firstOn(id, outbox)
  return accounts.get(id)?.name ?? (made?.kind === 'account.create' ? made.body.name : null)
}

export type WorkText = { readonly title: string; readonly text: string; readonly href: string | null }

/** What a piece of work is, in words, and where it can be read. */
export function useWorkText(): (work: Work) => WorkText {
  const { formats } = usePhone()
  const { rows, outbox, frame, contests, pack } = usePhoneState()
  const label = useLabel()
  const text = useOutboxTexts()
  const questionOf = (contestId: string): string => {
    const opened = firstOn(contestId, outbox)
    const id =
      opened?.kind === 'contest.open'
        ? opened.body.fieldId
        : contests.mine.find((contest) => contest.id === contestId)?.fieldId
    const asked = [...frame.fields, ...frame.pastFields].find((field) => field.id === id)
    return asked ? label(asked.spec.label) : text('work.question')
  }
  return ({ main: { operation }, accountId }) => {
    const title = accountName(accountId, rows, outbox) ?? text('work.unknownAccount')
    const account = accountId !== null && rows.accounts.has(accountId) ? paths.account(accountId) : null
    const id = operation.entityId
    const report = rows.reports.has(id) ? paths.report(id) : account
    switch (operation.kind) {
      case 'report.create': {
        const { kind, day } = operation.body
        return { title, text: text(`work.${kind}`, { day: formats.day(day, 'short') }), href: report }
      }
      case 'report.amend':
      case 'report.withdraw': {
        const day = rows.reports.get(id)?.day
        const said = text(`work.${operation.kind === 'report.amend' ? 'amended' : 'withdrawn'}`, {
          day: day ? formats.day(day, 'short') : '',
        })
        return { title, text: said, href: report }
      }
      case 'account.create':
        return { title, text: text('work.prospect'), href: account }
      case 'account.update':
        return { title, text: text('work.accountCorrected'), href: account }
      case 'contact.create':
        return {
          title,
          text: text('work.contactAdded', { name: contactName(operation.body) }),
          href: account,
        }
      case 'contact.update': {
        const contact = rows.contacts.get(id)
        const name = contact ? contactName(contact) : ''
        return {
          title,
          text: text('work.contactCorrected', { name }),
          href: contact ? paths.contact(id) : account,
        }
      }
      case 'callback.set': {
        const day = formats.day(operation.body.dueDay, 'short')
        return { title, text: text('work.callbackSet', { day }), href: account }
      }
      case 'callback.done':
        return { title, text: text('work.callbackDone'), href: account }
      case 'contest.open':
        return { title: questionOf(id), text: text('work.contested'), href: null }
      case 'contest.withdraw':
        return { title: questionOf(id), text: text('work.contestTakenBack'), href: null }
      case 'coaching.answer': {
        const note = pack.notes?.find((one) => one.id === id)
        return {
          title: note?.authorName ?? text('work.note'),
          text: text('work.noteAnswered'),
          href: paths.me,
        }
      }
      case 'handover.note':
        return { title, text: text('work.handover'), href: account }
      case 'sector.arrange': {
        const { ask } = operation.body
        const sector = frame.territories.find((territory) => territory.id === id)
        const name = 'name' in ask ? ask.name : sector?.name
        return { title: name ?? text('work.sector'), text: text('work.sector'), href: paths.sectors }
      }
      case 'objective.refuse':
        return {
          title,
          text: text(operation.body.word === null ? 'work.takenOn' : 'work.notTakenOn'),
          href: account,
        }
      case 'handover.dismiss':
      case 'giveback.record':
      case 'giveback.judge':
      case 'insight.judge':
      case 'operation.discard':
        return { title, text: '', href: null }
    }
  }
}
