import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BranchFacts } from '../giveback/check-giveback.ts'
import { type FieldDefinition, type FieldSpec, fieldSpec, tighteningSpec } from './field-spec.ts'
import { FIELDS_FILE_MOST, fieldsFileOf, readFieldsFile } from './fields-file.ts'
import { type ImportContext, type Place, planFieldsImport } from './plan-fields-import.ts'

const place = (id: string, parent: Place | null, code: string | null = null): Place => ({
  id,
  parentId: parent?.id ?? null,
  rank: parent ? ((parent.rank + 1) as Place['rank']) : 0,
  name: id.toUpperCase(),
  path: `${parent?.path ?? ''}${id}/`,
  code,
})
const france = place('france', null)
const region = place('region', france, '75')
const sector = place('sector', region)

const facts = {
  reps: 12,
  repsBelow: 10,
  authorsLast60Days: 10,
  reportsLast60Days: 400,
  accountsMetLast60Days: 300,
  contactsMetLast60Days: 200,
  accountsSeenTwiceIn60Days: 100,
  accountsReachable: 200,
  contactsReachable: 200,
} as BranchFacts

const context = (definitions: readonly FieldDefinition[] = [], into = region): ImportContext => ({
  into,
  places: [france, region, sector],
  definitions,
  slots: [],
  facts: new Map([france, region, sector].map(({ id }) => [id, facts])),
  references: new Map(),
})
const spec = (over: object = {}): FieldSpec =>
  fieldSpec.parse({
    label: { fr: 'Combien de fours' },
    why: { fr: 'Pour le devis' },
    type: 'integer',
    givebacks: [{ kind: 'badge' }],
    ...over,
  })
const question = (over: object = {}) => ({
  at: [],
  entity: 'report',
  key: 'combien_de_fours',
  spec: spec(),
  ...over,
})
const file = (
  questions: readonly unknown[],
  tightenings: readonly unknown[] = [],
  over: object = {},
): string =>
  JSON.stringify({ fieldback: 'fields', version: 1, territory: 'X', questions, tightenings, ...over })
let ids = 0
const newId = () => `0190a000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
const plan = (text: string, at = context(), chosen?: ReadonlySet<number>) => {
  const read = readFieldsFile(text)
  if (!read.ok) throw new Error(read.code)
  return planFieldsImport(read.lines, { ...at, references: read.references }, newId, chosen)
}
const verdicts = (text: string, at = context()) => plan(text, at).lines.map(({ verdict }) => verdict)
/** The organisation after an import. */
function after(at: ImportContext, text: string): ImportContext {
  const { questions, tightenings } = plan(text, at)
  const made = questions.map(
    ({ territory, entity, fieldId, plan: done }): FieldDefinition => ({
      id: fieldId,
      territoryId: territory.id,
      entity,
      key: done.key,
      version: done.version,
      retired: false,
      slot: done.slot,
      spec: done.spec,
      tightenings: tightenings.filter((layer) => layer.fieldId === fieldId),
    }),
  )
  const kept = at.definitions.filter(({ id }) => !made.some((one) => one.id === id))
  return { ...at, definitions: [...kept, ...made] }
}

describe('a file of questions', () => {
  it('is new once, and changes nothing the second time', () => {
    const text = file([question()])
    expect(verdicts(text)).toEqual([{ is: 'new' }])
    expect(verdicts(text, after(context(), text))).toEqual([{ is: 'unchanged' }])
  })

  it('keeps its keys, whatever its labels have become, so that it is found again', () => {
    const text = file([question({ key: 'an_older_name' })])
    const then = after(context(), text)
    expect(then.definitions.map(({ key }) => key)).toEqual(['an_older_name'])
    expect(verdicts(text, then)).toEqual([{ is: 'unchanged' }])
  })

  it('says what a new version changes', () => {
    const then = after(context(), file([question()]))
    const next = file([question({ spec: spec({ max: 12, help: { fr: 'Tous' } }) })])
    expect(verdicts(next, then)).toEqual([{ is: 'version', changes: ['help', 'max'] }])
  })

  it('is published by the rules of a publication by hand: no return, no question; a type is fixed; words once a path', () => {
    expect(verdicts(file([question({ spec: spec({ givebacks: [] }) })]))).toMatchObject([
      { is: 'refused', code: 'GIVEBACK_MISSING' },
    ])
    const then = after(context(), file([question()]))
    expect(verdicts(file([question({ spec: spec({ type: 'yes_no' }) })]), then)).toMatchObject([
      { is: 'refused', code: 'FIELD_TYPE_FIXED' },
    ])
    const below = question({ at: [{ name: 'Sector' }], key: 'other' })
    expect(verdicts(file([below]), then)).toMatchObject([{ is: 'refused', code: 'FIELD_KEY_TAKEN' }])
    expect(verdicts(file([question(), below]))).toMatchObject([
      { is: 'new' },
      { is: 'refused', code: 'FIELD_KEY_TAKEN' },
    ])
  })

  it('finds territories by code before their names, and says which it does not find', () => {
    const [found] = plan(
      file([question({ at: [{ name: 'Aquitaine', code: '75' }] })]),
      context([], france),
    ).lines
    expect(found).toMatchObject({ place: 'REGION', verdict: { is: 'new' } })
    expect(verdicts(file([question({ at: [{ name: 'Atlantis' }] })]))).toEqual([
      { is: 'refused', code: 'FIELDS_PLACE_UNKNOWN', params: { place: 'Atlantis' } },
    ])
  })

  it('refuses a key that comes twice, and one that was retired here', () => {
    expect(verdicts(file([question(), question()]))).toMatchObject([
      { is: 'new' },
      { is: 'refused', code: 'FIELDS_LINE_TWICE' },
    ])
    const then = after(context(), file([question()]))
    const retired = { ...then, definitions: then.definitions.map((one) => ({ ...one, retired: true })) }
    expect(verdicts(file([question()]), retired)).toMatchObject([
      { is: 'refused', code: 'FIELDS_QUESTION_RETIRED' },
    ])
  })

  it('brings the tightenings of levels below with it, judged on the question of the same file', () => {
    const layer = {
      at: [{ name: 'sector' }],
      of: { entity: 'report', key: 'combien_de_fours' },
      spec: { min: 2 },
    }
    const text = file([question({ spec: spec({ min: 1 }) })], [layer])
    expect(verdicts(text)).toEqual([{ is: 'new' }, { is: 'new' }])
    expect(verdicts(text, after(context(), text))).toEqual([{ is: 'unchanged' }, { is: 'unchanged' }])
    const looser = file([question({ spec: spec({ min: 3 }) })], [layer])
    expect(verdicts(looser)).toMatchObject([{ is: 'new' }, { is: 'refused', code: 'FIELD_LOOSER' }])
    expect(plan(text, context(), new Set([1])).lines).toMatchObject([
      { at: 1, verdict: { is: 'refused', code: 'FIELDS_QUESTION_UNKNOWN' } },
    ])
  })

  it('exported and imported elsewhere asks the same, whatever is asked', () => {
    const words = fc
      .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
      .filter((text) => /\p{L}/u.test(text))
    const choice = fc.record({
      label: words.map((fr) => ({ fr })),
      ids: fc.uniqueArray(
        fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).filter((id) => id !== 'unknown'),
        {
          minLength: 2,
          maxLength: 6,
        },
      ),
      required: fc.boolean(),
    })
    fc.assert(
      fc.property(choice, ({ label, ids: options, required }) => {
        const asked = spec({
          label: { fr: label.fr.trim() || 'x' },
          type: 'single_choice',
          required,
          options: options.map((id) => ({ id, label: { fr: `réponse ${id}` } })),
        })
        const text = file([question({ spec: asked })])
        const made = after(context(), text)
        const exported = JSON.stringify(fieldsFileOf('R', [{ id: region.id, at: [] }], made.definitions))
        expect(verdicts(exported, made)).toEqual([{ is: 'unchanged' }])
        const elsewhere = after(context(), exported)
        expect(elsewhere.definitions.map(({ spec: same }) => same)).toEqual(
          made.definitions.map(({ spec: same }) => same),
        )
      }),
    )
  })
})

describe('a hostile file', () => {
  const codeOf = (text: string) => {
    const read = readFieldsFile(text)
    return read.ok ? null : read.code
  }
  it.each([
    ['', 'FIELDS_FILE_UNREADABLE'],
    ['not json', 'FIELDS_FILE_UNREADABLE'],
    ['null', 'FIELDS_FILE_UNREADABLE'],
    ['[]', 'FIELDS_FILE_UNREADABLE'],
    ['{"fieldback":"people","version":1}', 'FIELDS_FILE_UNREADABLE'],
    ['{"fieldback":"fields","version":2,"questions":[]}', 'FIELDS_FILE_VERSION'],
    ['{"fieldback":"fields","questions":[]}', 'FIELDS_FILE_VERSION'],
    ['{"__proto__":{"fieldback":"fields","version":1,"questions":[]}}', 'FIELDS_FILE_UNREADABLE'],
    ['['.repeat(200_000), 'FIELDS_FILE_UNREADABLE'],
    ['x'.repeat(FIELDS_FILE_MOST + 1), 'TOO_LARGE'],
    [file(Array.from({ length: 501 }, () => 1)), 'FIELDS_FILE_TOO_MANY'],
  ])('%.60s is told apart: %s', (text, code) => {
    expect(codeOf(text)).toBe(code)
  })

  it('has each bad line refused with its place in it, and no other', () => {
    const bad = [
      question({ key: '__proto__' }),
      question({ key: 'constructor' }),
      question({
        spec: {
          ...spec(),
          options: Array.from({ length: 5_000 }, (_, n) => ({ id: `o${n}`, label: { fr: 'x' } })),
        },
      }),
      question({ spec: { ...spec(), label: { fr: 'x'.repeat(10_000) } } }),
      question({ at: Array.from({ length: 4 }, () => ({ name: 'a' })) }),
      question({ entity: 'person' }),
      'text',
      question({ key: 'fine' }),
    ]
    const lines = plan(file(bad)).lines
    expect(
      lines.map(({ verdict }) => ('params' in verdict ? [verdict.code, verdict.params.path] : verdict.is)),
    ).toEqual([
      ['FIELDS_LINE_INVALID', 'key'],
      'new',
      ['FIELDS_LINE_INVALID', 'spec.options'],
      ['FIELDS_LINE_INVALID', 'spec.label.fr'],
      ['FIELDS_LINE_INVALID', 'at'],
      ['FIELDS_LINE_INVALID', 'entity'],
      ['FIELDS_LINE_INVALID', ''],
      ['FIELD_KEY_TAKEN', undefined],
    ])
    expect(lines[2]?.verdict).toMatchObject({ params: { problem: 'too_big', most: 200 } })
    expect(Object.hasOwn(Object.prototype, 'spec')).toBe(false)
  })

  it('of markup and marks that turn the direction of writing is kept as it was typed, and without foreign ids', () => {
    const fr = '<script>alert(1)</script> \u202Eabc'
    const said = {
      ...question({ spec: spec({ label: { fr } }) }),
      id: 'foreign',
      territoryId: 'foreign',
      slot: 't01',
    }
    const { questions } = plan(file([said]))
    expect(questions[0]?.plan.spec.label.fr).toBe(fr)
    expect(JSON.stringify(questions)).not.toContain('foreign')
    expect(questions[0]?.plan.slot).toBeNull()
  })

  it('whatever it holds, is answered and throws nothing', () => {
    const anything = fc.oneof(
      fc.json(),
      fc.array(fc.jsonValue(), { maxLength: 5 }).map((list) => file(list, list)),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const read = readFieldsFile(text)
        if (read.ok) planFieldsImport(read.lines, context(), newId)
      }),
    )
  })
})

it('a tightening with answers of its own is exported as such, not among the options of the question', () => {
  const option = (id: string, over: object = {}) => ({ id, label: { fr: `réponse ${id}` }, ...over })
  const layer = {
    at: [{ name: 'sector' }],
    of: { entity: 'report', key: 'combien_de_fours' },
    spec: { without: ['b'], options: [option('local-1', { countsAs: 'a' })] },
  }
  const choice = spec({ type: 'single_choice', options: ['a', 'b', 'c'].map((id) => option(id)) })
  const text = file([question({ spec: choice })], [layer])
  const made = after(context(), text)
  // As the database answers: the answers of levels below stand among the options, retired.
  const definitions = made.definitions.map((one) => ({
    ...one,
    spec: {
      ...one.spec,
      options: [...one.spec.options, option('local-1', { countsAs: 'a', retired: true })],
    },
  })) as FieldDefinition[]
  const places = [
    { id: region.id, at: [] },
    { id: sector.id, at: [{ name: 'SECTOR', code: null }] },
  ]
  const exported = fieldsFileOf('R', places, definitions)
  expect(exported.questions[0]?.spec.options.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(exported.tightenings[0]?.spec).toEqual(tighteningSpec.parse(layer.spec))
  expect(verdicts(JSON.stringify(exported), { ...made, definitions })).toEqual([
    { is: 'unchanged' },
    { is: 'unchanged' },
  ])
})

describe('questions of a file that hang on others', () => {
  const [ID, OTHER] = ['0190a000-0000-7000-9000-000000000001', '0190a000-0000-7000-9000-000000000002']
  const yesNo = question({
    key: 'a_un_four',
    spec: spec({ label: { fr: 'A un four' }, type: 'yes_no' }),
  })
  const hangs = (on: string) => ({ shownIf: { all: [{ field: on, op: 'is', value: true }] } })
  const ovens = question({ spec: spec(hangs(ID)) })
  const sum = question({
    key: 'total',
    spec: spec({ label: { fr: 'Total' }, type: 'computed', formula: `{${OTHER}} * 2` }),
  })
  const references = {
    [ID]: { entity: 'report', key: 'a_un_four' },
    [OTHER]: { entity: 'report', key: 'combien_de_fours' },
  }

  it('come behind them, whatever the order of the file, and name them by their ids here', () => {
    for (const lines of [
      [yesNo, ovens, sum],
      [sum, ovens, yesNo],
    ]) {
      const { questions } = plan(file(lines, [], { references }))
      const [first, second, third] = questions
      expect(questions.map(({ plan: { key } }) => key)).toEqual(['a_un_four', 'combien_de_fours', 'total'])
      expect(second?.plan.spec.shownIf).toEqual(hangs(first?.fieldId ?? '').shownIf)
      expect(third?.plan.spec.formula).toBe(`{${second?.fieldId}} * 2`)
    }
  })
  it('change nothing when they come again, exported from where they were imported', () => {
    const text = file([yesNo, ovens, sum], [], { references })
    const there = after(context(), text)
    expect(plan(text, there).lines.map(({ verdict }) => verdict.is)).toEqual(Array(3).fill('unchanged'))
    const again = JSON.stringify(fieldsFileOf('X', [{ id: region.id, at: [] }], there.definitions))
    expect(plan(again, there).lines.map(({ verdict }) => verdict.is)).toEqual(Array(3).fill('unchanged'))
  })
  it('are refused without them, and in a circle', () => {
    expect(verdicts(file([ovens], [], { references }))).toEqual([
      expect.objectContaining({ is: 'refused', code: 'FIELD_REFERENCE_UNKNOWN' }),
    ])
    expect(verdicts(file([yesNo, ovens]))).toEqual([
      { is: 'new' },
      expect.objectContaining({ is: 'refused', code: 'FIELD_REFERENCE_UNKNOWN' }),
    ])
    const back = question({
      key: 'a_un_four',
      spec: { ...yesNo.spec, shownIf: { all: [{ field: OTHER, op: 'answered' }] } },
    })
    const circle = verdicts(file([back, ovens], [], { references }))
    expect(circle.some(({ is }) => is === 'refused')).toBe(true)
  })
  it('may hang on a question asked above', () => {
    const above = plan(file([yesNo]), context([], france)).questions.map(
      ({ territory, entity, fieldId, plan: done }): FieldDefinition => ({
        id: fieldId,
        territoryId: territory.id,
        entity,
        key: done.key,
        version: 1,
        retired: false,
        slot: null,
        spec: done.spec,
      }),
    )
    const [made] = plan(file([ovens], [], { references }), context(above)).questions
    expect(made?.plan.spec.shownIf).toEqual(hangs(above[0]?.id ?? '').shownIf)
  })
})

describe('questions answered from a list', () => {
  const option = (n: number, code: string | null, label: string, territoryId = 'france') => ({
    id: `0190b000-0000-7000-8000-00000000000${n}`,
    label: { fr: label },
    item: { territoryId, code, group: null },
  })
  const LIST = '0190c000-0000-7000-8000-00000000000'
  const exported = fieldsFileOf(
    'REGION',
    [{ id: 'region', at: [] }],
    [
      {
        ...{
          id: newId(),
          territoryId: 'region',
          entity: 'report',
          key: 'produit',
          version: 3,
          retired: false,
          slot: null,
        },
        spec: {
          ...spec({
            type: 'list_reference',
            list: `${LIST}1`,
            reportable: true,
            givebacks: [{ kind: 'segment', label: { fr: 'Fours' }, options: [option(1, null, '').id] }],
          }),
          options: [option(1, 'F1', 'Four'), option(2, 'P1', 'Pétrin')],
        },
      },
    ],
    new Map([[`${LIST}1`, { fr: 'Produits' }]]),
  )
  const there = (lists: Required<ImportContext>['lists']['here']) => {
    const read = readFieldsFile(JSON.stringify(exported))
    if (!read.ok) throw new Error(read.code)
    return planFieldsImport(read.lines, { ...context(), lists: { file: read.lists, here: lists } }, newId)
  }

  it('name it, and the items they count, and leave the others to it', () => {
    expect(exported.questions[0]?.spec.options).toEqual([])
    expect(exported.lists).toEqual({
      [`${LIST}1`]: {
        name: { fr: 'Produits' },
        items: { [option(1, null, '').id]: { code: 'F1', label: 'Four' } },
      },
    })
  })
  it('find it again by its name, and its items by their codes', () => {
    const items = [option(7, 'f1', 'Four à sole'), option(8, null, 'Four')]
    const { questions } = there([{ id: `${LIST}2`, territoryId: 'france', name: { fr: 'produits' }, items }])
    expect(questions[0]?.plan.spec).toMatchObject({
      list: `${LIST}2`,
      options: [],
      givebacks: [{ options: [option(7, null, '').id] }],
    })
  })
  it('say which list is not there, or which of its items', () => {
    expect(there([]).lines[0]?.verdict).toMatchObject({
      code: 'FIELDS_LIST_UNKNOWN',
      params: { list: 'Produits' },
    })
    const below = { id: `${LIST}2`, territoryId: 'sector', name: { fr: 'Produits' }, items: [] }
    expect(there([below]).lines[0]?.verdict).toMatchObject({ code: 'FIELDS_LIST_UNKNOWN' })
    const without = { ...below, territoryId: 'region', items: [option(9, 'X', 'Autre', 'region')] }
    expect(there([without]).lines[0]?.verdict).toMatchObject({
      code: 'GIVEBACK_NOT_WORKING',
      params: { reason: 'GIVEBACK_OPTION_UNKNOWN' },
    })
  })
})
