import { normaliseEmail } from '../account/normalise.ts'
import type { Answer } from './answer.ts'
import type { FieldSpec, FieldType } from './field-spec.ts'
import { normaliseWebAddress } from './web-address.ts'

/** What was typed to E.164, or null: the only one that needs a library. */
export type NormalPhone = (raw: string) => string | null

type Normal = (raw: string, phone: NormalPhone) => string | null

const asTyped: Normal = () => null

/** The normal form of a typed text; null when it has none, and is kept as typed. */
const NORMAL: Readonly<Record<FieldType, Normal>> = {
  yes_no: asTyped,
  single_choice: asTyped,
  multiple_choice: asTyped,
  integer: asTyped,
  decimal: asTyped,
  money: asTyped,
  duration: asTyped,
  rating: asTyped,
  date: asTyped,
  date_time: asTyped,
  short_text: asTyped,
  long_text: asTyped,
  phone: (raw, phone) => phone(raw),
  email: normaliseEmail,
  web_address: normaliseWebAddress,
  postal_address: asTyped,
  position: asTyped,
  account_reference: asTyped,
  contact_reference: asTyped,
  list_reference: asTyped,
  photo: asTyped,
  computed: asTyped,
}

/** The normal form of a text, of types that have one; null otherwise. */
export const normalForm = (spec: Pick<FieldSpec, 'type'>, raw: string, phone: NormalPhone): string | null =>
  NORMAL[spec.type](raw, phone)

/** An answer brought to its normal form beside what was typed. What has none is never refused: it stays as it is. */
export function normalAnswer(spec: Pick<FieldSpec, 'type'>, answer: Answer, phone: NormalPhone): Answer {
  const { r: _, ...said } = answer
  if (typeof said.x !== 'string') return said
  const normal = normalForm(spec, said.x, phone)
  return normal === null || normal === said.x ? said : { ...said, x: normal, r: said.x }
}
