import { randomUUID } from 'node:crypto'
import type { FieldOption } from '@fieldback/domain/field/field-spec'
import { LIST_ITEMS_MAX } from '@fieldback/domain/list/list'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangeAccount, arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const as = (who: keyof TestWorld['north']['people']) => world.callerFor(world.north.people[who])
const places = () => world.north.territories
const name = () => ({ fr: `Produits ${randomUUID().slice(0, 8)}` })
const item = (fr: string, code: string | null = null) => ({ code, label: { fr }, group: null })

async function nationalList(...labels: string[]) {
  const { listId } = await as('hq').list.create({ territoryId: places().france, name: name() })
  const at = { listId, territoryId: places().france }
  if (labels.length > 0)
    await as('hq').list.pasteItems({ ...at, text: labels.map((one) => `;${one}`).join('\n') })
  return { listId, at }
}
const offered = async (listId: string, territoryId: string): Promise<string[]> =>
  ((await as('hq').list.offered({ listId, territoryId })) as FieldOption[]).map(({ label }) => label.fr)

const ask = (listId: string, spec: object = {}, territoryId = places().france): Promise<string> =>
  arrangeField(world.sql, world.north, {
    territoryId,
    entity: 'account',
    key: `produit_${randomUUID().slice(0, 8)}`,
    spec: { type: 'list_reference', list: listId, reportable: true, ...spec },
  })

describe('a list', () => {
  it('is added to from below, for that branch alone, and loses nothing there', async () => {
    const { listId } = await nationalList('Four', 'Pétrin')
    await as('regional').list.addItem({
      listId,
      territoryId: places().aquitaine,
      item: item('Gâteau basque'),
    })
    expect(await offered(listId, places().basque)).toEqual(['Four', 'Gâteau basque', 'Pétrin'])
    expect(await offered(listId, places().bretagne)).toEqual(['Four', 'Pétrin'])
    const [four] = (await as('hq').list.read({ listId, territoryId: places().france, search: 'four' })).items
    await expect(as('regional').list.retireItems({ itemIds: [four?.id ?? ''] })).rejects.toThrow('FORBIDDEN')
  })
  it('is offered in part where a level leaves a group out of it, and there alone', async () => {
    const { listId, at } = await nationalList()
    await as('hq').list.pasteItems({ ...at, text: ';Four;Cuisson\n;Pétrin;Pâte' })
    const fieldId = await ask(listId)
    const asked = async (territoryId: string): Promise<string[]> => {
      const fields = await as('hq').field.effective({ territoryId })
      const { options = [] } = fields.find(({ id }) => id === fieldId)?.spec ?? {}
      return options.filter(({ retired }) => !retired).map(({ label }) => label.fr)
    }
    const here = { territoryId: places().aquitaine, fieldId }
    const refused = as('regional').field.tighten({ ...here, spec: { withoutGroups: ['Cuisson', 'Pâte'] } })
    await expect(refused).rejects.toThrow('FIELD_ITEMS_NONE')
    await as('regional').field.tighten({ ...here, spec: { withoutGroups: ['Cuisson'] } })
    expect(await asked(places().basque)).toEqual(['Pétrin'])
    expect(await asked(places().bretagne)).toEqual(['Four', 'Pétrin'])
  })
  it('is told by its first items alone to who only looks at a form, however many it holds', async () => {
    const { listId, at } = await nationalList()
    const text = Array.from({ length: 60 }, (_, n) => `;Article ${String(n).padStart(2, '0')}`).join('\n')
    await as('hq').list.pasteItems({ ...at, text })
    await as('regional').list.addItem({
      listId,
      territoryId: places().aquitaine,
      item: { code: null, label: { fr: 'Aaa' }, group: null },
    })
    const fieldId = await ask(listId)
    const told = async (territoryId: string, items: 'all' | 'few') => {
      const fields = await as('hq').field.effective({ territoryId, items })
      const { options = [] } = fields.find(({ id }) => id === fieldId)?.spec ?? {}
      return options.filter(({ retired }) => !retired).map(({ label }) => label.fr)
    }
    const few = await told(places().basque, 'few')
    expect(few).toHaveLength(20)
    expect(few).toEqual((await told(places().basque, 'all')).slice(0, 20))
    expect(few[0]).toBe('Aaa')
    expect(await told(places().bretagne, 'few')).toEqual((await told(places().bretagne, 'all')).slice(0, 20))
  })
  it('says what keeps a line out, and writes the others', async () => {
    const { at } = await nationalList()
    await as('hq').list.pasteItems({ ...at, text: 'F1;Four' })
    const { lines, added } = await as('hq').list.pasteItems({
      ...at,
      text: 'F2;Four à sole\nf1;Four;Cuisson\n;\nF2;Encore',
    })
    expect(lines.map(({ verdict }) => ('code' in verdict ? verdict.code : verdict.is))).toEqual([
      'new',
      'changed',
      'LIST_LINE_TWICE',
    ])
    expect(added).toHaveLength(1)
    await as('hq').list.retireItems({ itemIds: [...added] })
    expect(await offered(at.listId, at.territoryId)).toEqual(['Four'])
    await expect(as('hq').list.addItem({ ...at, item: item('Autre', 'f1') })).rejects.toThrow(
      'LIST_LABEL_TAKEN',
    )
  })
  it('knows an item that is there already, however it is written', async () => {
    const { at } = await nationalList('S.A. Lövø & Þé', 'Œuf')
    for (const same of ['sa lovo thé', 'SA LOVO, THE', 'oeuf', ' Œuf. '])
      await expect(as('hq').list.addItem({ ...at, item: item(same) })).rejects.toThrow('LIST_LABEL_TAKEN')
    const { itemId } = await as('hq').list.addItem({ ...at, item: item('Œuf dur') })
    const known = item('Œuf dur')
    await expect(as('hq').list.setItem({ itemId, item: item('OEUF'), known })).rejects.toThrow(
      'LIST_LABEL_TAKEN',
    )
  })
  it('holds five thousand items, told when more come', async () => {
    const { at } = await nationalList()
    const text = Array.from({ length: LIST_ITEMS_MAX + 2 }, (_, n) => `C${n};Article ${n}`).join('\n')
    const { lines, added } = await as('hq').list.pasteItems({ ...at, text })
    expect(added).toHaveLength(LIST_ITEMS_MAX)
    expect(lines.slice(-2).map(({ verdict }) => 'code' in verdict && verdict.code)).toEqual([
      'LIST_FULL',
      'LIST_FULL',
    ])
    const page = await as('hq').list.read({ ...at, search: 'c4999' })
    expect(page).toMatchObject({ found: 1, total: LIST_ITEMS_MAX })
    await expect(as('hq').list.addItem({ ...at, item: item('Un de trop') })).rejects.toThrow('LIST_FULL')
  })
  it('changed by two people at once is told to the second', async () => {
    const { at } = await nationalList('Four')
    const [four] = (await as('hq').list.read(at)).items
    const [itemId, known] = [four?.id ?? '', item('Four')]
    await as('hq').list.setItem({ itemId, known, item: item('Four à sole') })
    await expect(as('hq').list.setItem({ itemId, known, item: item('Four rotatif') })).rejects.toThrow(
      'CHANGED_MEANWHILE',
    )
    await expect(as('hq').list.rename({ listId: at.listId, name: name(), known: name() })).rejects.toThrow(
      'CHANGED_MEANWHILE',
    )
  })
  it('two at once never give one code twice', async () => {
    const { at } = await nationalList()
    const both = await Promise.allSettled(
      ['Un', 'Deux'].map((fr) => as('hq').list.addItem({ ...at, item: item(fr, 'X1') })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('bears a name of its own on its path, and goes away only while nothing is answered from it', async () => {
    const { listId, at } = await nationalList('Four')
    const { name: taken } = await as('hq').list.read(at)
    await expect(
      as('regional').list.create({ territoryId: places().aquitaine, name: taken }),
    ).rejects.toThrow('LIST_NAME_TAKEN')
    await ask(listId)
    await expect(as('hq').list.remove({ listId })).rejects.toThrow('LIST_IN_USE')
    const other = await nationalList('Pelle')
    await as('hq').list.remove({ listId: other.listId })
    await expect(as('hq').list.read(other.at)).rejects.toThrow('NOT_FOUND')
  })
  it('is retired once no question is answered from it, and brought back within thirty days', async () => {
    const { listId, at } = await nationalList('Four')
    const fieldId = await ask(listId, { label: { fr: 'Quel four ?' } })
    await expect(as('hq').list.retire({ listId })).rejects.toThrow('LIST_ASKED')
    await expect(as('regional').list.retire({ listId })).rejects.toThrow('FORBIDDEN')
    await as('hq').field.retire({ fieldId })
    await as('hq').list.retire({ listId })
    // Its items stay readable, and nothing of it changes or is asked.
    expect(await as('hq').list.read(at)).toMatchObject({
      total: 1,
      canAdd: false,
      gone: { canRestore: true },
    })
    await expect(as('hq').list.addItem({ ...at, item: item('Pelle') })).rejects.toThrow('LIST_RETIRED')
    await expect(as('hq').list.offered(at)).rejects.toThrow('NOT_FOUND')
    await expect(as('hq').field.restore({ fieldId })).rejects.toThrow('FIELD_LIST_UNKNOWN')
    await as('hq').list.restore({ listId })
    expect(await offered(listId, places().france)).toEqual(['Four'])
    await as('hq').list.retire({ listId })
    const month = "UPDATE list SET retired_at = retired_at - interval '31 days' WHERE id = $1"
    await world.sql(world.north.orgId, month, [listId])
    await expect(as('hq').list.restore({ listId })).rejects.toThrow('LIST_SETTLED')
  })
  it('is read a page at a time, found by words and codes in either language', async () => {
    const { at } = await nationalList()
    const lines = Array.from({ length: 120 }, (_, n) => `C-${n};Élément ${String(n).padStart(3, '0')}`)
    const egg = 'Z9;Œuf à la coque;Crèmerie;Soft egg'
    await as('hq').list.pasteItems({ ...at, text: [...lines, egg].join('\n') })
    const labels = async (search: string, page = 0) =>
      (await as('hq').list.read({ ...at, search, page })).items.map(({ label }) => label.fr)
    expect(await labels('', 2)).toHaveLength(21)
    expect((await labels('', 1))[0]).toBe('Élément 050')
    for (const typed of ['oeuf', 'ŒUF coque', 'cremerie', 'soft', 'z9'])
      expect(await labels(typed)).toEqual(['Œuf à la coque'])
    expect((await labels('c-11')).slice(0, 2)).toEqual(['Élément 011', 'Élément 110'])
    expect(await labels('lément')).toEqual([])
    expect(await labels('%_\\')).toEqual([])
  })
  it('tells the journal what stood and what stands', async () => {
    const { listId, at } = await nationalList('Four')
    const [four] = (await as('hq').list.read(at)).items
    await as('hq').list.setItem({
      itemId: four?.id ?? '',
      known: item('Four'),
      item: item('Four à sole', 'F1'),
    })
    const rows = await world.sql<{ action: string; changes: unknown }>(
      world.north.orgId,
      `SELECT action, detail -> 'changes' AS changes FROM audit_event WHERE subject_id = $1 ORDER BY at, id`,
      [listId],
    )
    expect(rows.map(({ action }) => action)).toEqual(['list.create', 'list.putItems', 'list.setItem'])
    expect(rows[2]?.changes).toEqual([
      { aspect: 'name', from: { fr: 'Four' }, to: { fr: 'Four à sole' } },
      { aspect: 'code', from: null, to: 'F1' },
    ])
  })
})

describe('a question answered from a list', () => {
  const draft = (list: string | undefined) => ({
    label: { fr: `Produit ${randomUUID().slice(0, 8)}` },
    why: { fr: 'Pour le devis' },
    type: 'list_reference' as const,
    ...(list ? { list } : {}),
    reportable: true,
    givebacks: [{ kind: 'badge' as const }],
  })
  const faultOf = async (list: string | undefined, territoryId = places().france) =>
    (await as('hq').field.check({ territoryId, entity: 'account', fieldId: null, spec: draft(list) })).fault
      ?.code

  it('names one that is kept there or above and offers something', async () => {
    const empty = await nationalList()
    const { listId: below } = await as('regional').list.create({
      territoryId: places().aquitaine,
      name: name(),
    })
    expect(await faultOf(undefined)).toBe('FIELD_LIST_REQUIRED')
    expect(await faultOf(randomUUID())).toBe('FIELD_LIST_UNKNOWN')
    expect(await faultOf(below)).toBe('FIELD_LIST_UNKNOWN')
    expect(await faultOf(empty.listId)).toBe('FIELD_LIST_EMPTY')
    const full = await nationalList('Four')
    expect(['GIVEBACK_NOT_WORKING', undefined]).toContain(await faultOf(full.listId))
  })

  const tell = async (accountId: string, values: Record<string, unknown>) => {
    const session = world.north.people.basqueRep
    const told = Object.entries(values).map(([id, x]) => [id, { v: 1, x, d: '2026-11-20' }])
    const operation = {
      ...{ opId: randomUUID(), entityId: accountId, seq: 1, base: 1, kind: 'account.update' },
      ...{
        capturedAt: '2026-11-20T09:00:00.000Z',
        clockOffset: 0,
        body: { values: Object.fromEntries(told) },
      },
    }
    const { answers } = await world
      .callerFor(session)
      .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [operation] })
    return answers[0]
  }

  it('takes an item retired meanwhile, and tells one that is of no list', async () => {
    const { listId, at } = await nationalList('Four', 'Pelle')
    const [one, many] = [await ask(listId), await ask(listId, { multiple: true })]
    const { lists } = await as('hq').list.list({ territoryId: places().france })
    expect(lists.find(({ id }) => id === listId)).toMatchObject({ items: 2, questions: 2 })
    const items = (await as('hq').list.read(at)).items.map(({ id }) => id)
    await as('hq').list.retireItems({ itemIds: items.slice(0, 1) })
    const { id } = await arrangeAccount(world.sql, world.north.orgId, places().basque, 'Fournil')
    expect(await tell(id, { [one]: items[0], [many]: items })).toMatchObject({ status: 'applied' })
    const loose = await world.sql<{ field_id: string; text: string }>(
      world.north.orgId,
      'SELECT field_id, text FROM field_answer WHERE entity_id = $1',
      [id],
    )
    expect(loose.map(({ text }) => text).sort()).toEqual([items[0], ...items].sort())
    const other = await arrangeAccount(world.sql, world.north.orgId, places().basque, 'Fournil 2')
    const refused = await tell(other.id, { [one]: randomUUID() })
    expect(JSON.stringify(refused)).toContain('ANSWER_OPTION')
  })

  const pull = async (session: SessionIds, cursor: string | null, keepsLists = true) => {
    await world.settled()
    return world.callerFor(session).sync.pull({
      ...{ protocol: 1, membershipId: session.membershipId, cursor, keepsLists },
      ...{ frameTag: null, packAsOf: null, contestsTag: null },
    })
  }
  const labelsIn = (page: Awaited<ReturnType<typeof pull>>, listId: string) =>
    page.lists?.find(({ id }) => id === listId)?.items.map(({ label }) => label.fr)

  it('brings the items of its list to phones once, then those that change; other branches keep theirs', async () => {
    const { listId, at } = await nationalList('Four')
    const fieldId = await ask(listId)
    const { basqueRep, bretonRep } = world.north.people
    const first = await pull(basqueRep, null)
    expect(labelsIn(first, listId)).toEqual(['Four'])
    expect(first.frame?.fields.find(({ id }) => id === fieldId)?.spec.options).toEqual([])
    expect((await pull(basqueRep, first.cursor)).lists).toEqual([])
    await as('regional').list.addItem({ listId, territoryId: places().aquitaine, item: item('Gâteau') })
    const second = await pull(basqueRep, first.cursor)
    expect(labelsIn(second, listId)).toEqual(['Gâteau'])
    expect(labelsIn(await pull(bretonRep, null), listId)).toEqual(['Four'])
    const [four] = (await as('hq').list.read({ ...at, search: 'four' })).items
    await as('hq').list.retireItems({ itemIds: [four?.id ?? ''] })
    expect((await pull(basqueRep, second.cursor)).lists).toMatchObject([{ items: [{ retired: true }] }])
  })
  it('tells a phone of before nothing, and all of it once it keeps lists', async () => {
    const { listId } = await nationalList('Four')
    const { basqueRep } = world.north.people
    await ask(listId)
    const before = await pull(basqueRep, null, false)
    expect(before.lists).toEqual([])
    expect(labelsIn(await pull(basqueRep, before.cursor), listId)).toEqual(['Four'])
  })
  it('a list that no question names stays on the server', async () => {
    const { listId } = await nationalList('Four')
    expect(labelsIn(await pull(world.north.people.basqueRep, null), listId)).toBeUndefined()
  })
})
