import { randomInt, randomUUIDv7 } from 'node:crypto'

const OUTCOMES = ['order', 'quote', 'revisit', 'none']
const pick = (list) => list[randomInt(list.length)]

const ANSWER = {
  yes_no: () => randomInt(2) === 1,
  single_choice: ({ options }) => pick(options).id,
  integer: ({ min = 0, max = 100 }) => randomInt(min, max + 1),
  date: () => `2027-0${1 + randomInt(9)}-1${randomInt(10)}`,
}

/** Any answer of a question's type. */
export const answerTo = (spec) => ANSWER[spec.type](spec)

/** A visit report with an answer to every question of the phone's form, as the phone sends it. */
export function makeReport({ accounts, fieldSet, fields }, now) {
  const { id, contactId } = pick(accounts)
  return {
    opId: randomUUIDv7(),
    entityId: randomUUIDv7(),
    seq: 1,
    base: 0,
    capturedAt: new Date(now - randomInt(3_600_000)).toISOString(),
    clockOffset: 0,
    kind: 'report.create',
    body: {
      accountId: id,
      contactId,
      kind: randomInt(4) > 0 ? 'visit' : 'call',
      outcome: pick(OUTCOMES),
      day: new Date(now).toISOString().slice(0, 10),
      note: randomInt(4) === 0 ? 'Attend un devis avant la fin du trimestre, à revoir au dépôt.' : null,
      fieldSet,
      values: Object.fromEntries(fields.map(({ id, spec }) => [id, { v: 1, x: answerTo(spec) }])),
      seconds: Object.fromEntries(fields.map(({ id }) => [id, 1 + randomInt(4)])),
      durationSeconds: 20 + randomInt(60),
    },
  }
}
