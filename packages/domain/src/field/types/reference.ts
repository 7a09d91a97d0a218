import type { Check } from './value.ts'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** An account or a contact by its id alone: who may read its name finds it among the rows he holds. */
export const referenceFault: Check = (_, value) =>
  typeof value === 'string' && ID.test(value) ? null : 'ANSWER_TYPE'
