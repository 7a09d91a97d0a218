import * as z from 'zod'
import { answer, envelope } from '../sync/operation.ts'
import { asObject, type Fault, type Json, kindOf, WORDS } from './fault.ts'

/** A sentence for whoever typed it. */
export const RETURN_WORD_MAX = 500

/** What a manager gives in place of what was refused; the rest of the operation stays as it came. */
export const repair = z.strictObject({
  accountId: z.uuid().optional(),
  contactId: z.uuid().nullable().optional(),
  territoryId: z.uuid().optional(),
  /** By question; null leaves the answer out. */
  values: z.record(z.string().max(100), answer.nullable()).optional(),
  words: z.partialRecord(z.enum(WORDS), z.string().max(10_000).nullable()).optional(),
})
export type Repair = z.infer<typeof repair>

/** The operation to be filed anew under an id of its own, with an envelope that can be read. */
export function asNew(
  operation: unknown,
  { id, receivedAt }: { readonly id: string; readonly receivedAt: string },
): Json {
  const sent = asObject(operation)
  const captured = envelope.capturedAt.safeParse(sent.capturedAt).data
  return {
    ...sent,
    opId: id,
    entityId: envelope.entityId.safeParse(sent.entityId).data ?? id,
    seq: envelope.seq.safeParse(sent.seq).data ?? 1,
    base: envelope.base.safeParse(sent.base).data ?? 0,
    capturedAt: captured ?? receivedAt,
    clockOffset: (captured && envelope.clockOffset.safeParse(sent.clockOffset).data) ?? 0,
  }
}

/** The operation with what is given for one fault; null when nothing is given for it. */
export function mend(operation: Json, fault: Fault, given: Repair, freshId: string): Json | null {
  const body = asObject(operation.body)
  const withBody = (more: Json): Json => ({ ...operation, body: { ...body, ...more } })
  switch (fault.of) {
    case 'identity':
      return operation.entityId === freshId ? null : { ...operation, entityId: freshId, base: 0 }
    case 'account': {
      if (given.accountId === undefined) return null
      if (kindOf(operation) === 'account.update') return { ...operation, entityId: given.accountId }
      const contact = given.contactId === undefined ? {} : { contactId: given.contactId }
      return withBody({ accountId: given.accountId, ...('contactId' in body ? contact : {}) })
    }
    case 'contact':
      if (given.contactId === undefined) return null
      if (kindOf(operation) !== 'contact.update') return withBody({ contactId: given.contactId })
      return given.contactId === null ? null : { ...operation, entityId: given.contactId }
    case 'territory':
      return given.territoryId === undefined ? null : withBody({ territoryId: given.territoryId })
    case 'answer': {
      const value = given.values?.[fault.key]
      if (value === undefined) return null
      const { [fault.key]: _, ...others } = asObject(body.values)
      return withBody({ values: value === null ? others : { ...others, [fault.key]: value } })
    }
    case 'word': {
      const word = given.words?.[fault.key]
      return word === undefined ? null : withBody({ [fault.key]: word })
    }
    case 'none':
      return null
  }
}

/** The operation with all that is given: what it may come to name, to be read before it is planned. */
export function mendAll(operation: Json, given: Repair): Json {
  const body = asObject(operation.body)
  const { accountId, contactId, territoryId, words = {}, values = {} } = given
  const kept = Object.fromEntries(
    Object.entries({ ...asObject(body.values), ...values }).filter(([, v]) => v !== null),
  )
  const kind = kindOf(operation)
  const entityId =
    (kind === 'account.update' ? accountId : kind === 'contact.update' ? contactId : null) ??
    operation.entityId
  return {
    ...operation,
    entityId,
    body: {
      ...body,
      ...words,
      ...('values' in body ? { values: kept } : {}),
      ...('accountId' in body && accountId !== undefined ? { accountId } : {}),
      ...('contactId' in body && contactId !== undefined ? { contactId } : {}),
      ...('territoryId' in body && territoryId !== undefined ? { territoryId } : {}),
    },
  }
}
