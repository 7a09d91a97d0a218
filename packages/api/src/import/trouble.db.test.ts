import { randomUUID } from 'node:crypto'
import { FieldbackError } from '@fieldback/domain/errors'
import { guessMapping } from '@fieldback/domain/import/guess-mapping'
import { IMPORT_KINDS, IMPORT_TARGETS } from '@fieldback/domain/import/import'
import { LOCALES } from '@fieldback/i18n/locale'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../test-world.ts'
import { clientsFile } from './clients-file.fixture.ts'
import { ATTEMPTS_MAX, workImports } from './import.job.ts'
import { importSteps, inOnePiece } from './import-steps.fixture.ts'
import { receiveFile } from './receive-file.ts'
import { refusedLines } from './refused-lines.ts'
import { importTemplate } from './template.ts'

let world: TestWorld
let steps: ReturnType<typeof importSteps>
beforeAll(async () => {
  world = await openTestWorld()
  steps = importSteps(world)
})
afterAll(() => world.close())
const orgId = () => world.north.orgId
const sql = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.sql<T>(orgId(), text, values)
const count = async (from: string, values: unknown[] = []) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, values))[0]?.n
const file = (lines: number) => [...clientsFile(lines)].join('')

/** Asks to stop at the n-th time it is looked at. */
const stopAt = (n: number): AbortSignal => {
  let looked = 0
  return {
    get aborted() {
      looked += 1
      return looked > n
    },
  } as AbortSignal
}

describe('an import cut off between two batches', () => {
  it('goes on where it was, in reading, trying, running and undoing: nothing twice, nothing lost', async () => {
    const importId = await steps.send('accounts', file(2_500))
    const inTwo = async (state: string, looks = 2) => {
      expect(await steps.work(stopAt(looks))).toMatchObject({ done: false })
      const halfway = await steps.get(importId)
      expect(halfway.handled).toBeGreaterThan(0)
      expect(halfway.handled).toBeLessThan(2_500)
      await steps.work()
      expect(await steps.state(importId)).toBe(state)
    }
    await inTwo('to_map', 1)
    expect(await count('import_line WHERE import_id = $1', [importId])).toBe(2_500)
    await steps.askTry(importId)
    await inTwo('tried')
    await steps.admin.import.run({ importId })
    await inTwo('done')
    expect(await steps.counts(importId)).toMatchObject({ create: 2_500, refused: 0 })
    expect(await count(`account WHERE ref LIKE 'C%'`)).toBe(2_500)
    expect(await count(`account_home h JOIN account a ON a.id = h.account_id WHERE a.ref LIKE 'C%'`)).toBe(
      2_500,
    )
    await steps.admin.import.undo({ importId })
    await inTwo('undone')
    expect((await steps.get(importId)).undone).toEqual({ back: 2_500, kept: 0 })
    expect(await count(`account WHERE ref LIKE 'C%' AND deleted_at IS NULL`)).toBe(0)
  })
  it('by a worker taken for dead is not committed by it afterwards', async () => {
    const importId = await steps.send('accounts', file(50))
    const slow: typeof world.deps = {
      ...world.deps,
      storage: {
        ...world.deps.storage,
        get: async (key) => {
          // Meanwhile somebody else takes the import up and reads it to its end.
          await sql(`UPDATE file_import SET heartbeat_at = now() - interval '1 hour' WHERE id = $1`, [
            importId,
          ])
          await steps.work()
          return world.deps.storage.get(key)
        },
      },
    }
    await workImports(slow, orgId())
    expect(await steps.get(importId)).toMatchObject({ state: 'to_map', lines: 50 })
    expect(await count('import_line WHERE import_id = $1', [importId])).toBe(50)
  })
})

describe('an import that does not get on', () => {
  const owned = async (...statements: string[]) => {
    const owner = new Client({ connectionString: world.database.ownerUrl })
    await owner.connect()
    for (const statement of statements) await owner.query(statement)
    await owner.end()
  }
  const breakOn = (name: string) =>
    owned(
      `CREATE FUNCTION test_break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`,
      `CREATE TRIGGER test_break BEFORE INSERT OR UPDATE ON account FOR EACH ROW WHEN (NEW.name = '${name}') EXECUTE FUNCTION test_break()`,
    )
  const mend = () => owned('DROP TRIGGER test_break ON account', 'DROP FUNCTION test_break')
  const untilItStops = async (importId: string) => {
    for (let tries = 1; tries < 40; tries++) {
      const failed = await steps.work().then(
        () => false,
        () => true,
      )
      if (!failed) return { tries, ...(await steps.get(importId)) }
      expect((await steps.get(importId)).failure).toBeNull()
    }
    return null
  }
  const text = `Ref;Nom\n${Array.from({ length: 1_300 }, (_, i) => `S${i};Arrêt ${i}\n`).join('')}`

  it('ends after eight attempts with what it did, goes on from there when asked, and can be taken back', async () => {
    const importId = await steps.tried('accounts', text, { duplicates: 'create' })
    await breakOn('Arrêt 1200')
    await steps.admin.import.run({ importId })
    const stopped = await untilItStops(importId)
    await mend()
    expect(stopped).toMatchObject({
      state: 'failed',
      handled: 1_200,
      counts: { create: 1_200 },
      failure: { code: 'STOPPED', params: { step: 'importing', handled: 1_200, lines: 1_300 } },
    })
    expect(stopped?.undoUntil).not.toBeNull()
    expect(stopped?.tries).toBeGreaterThan(ATTEMPTS_MAX)
    await expect(steps.admin.import.remove({ importId })).rejects.toThrow('CONFLICT')
    await steps.admin.import.run({ importId })
    await steps.work()
    expect(await steps.get(importId)).toMatchObject({
      state: 'done',
      failure: null,
      counts: { create: 1_300, refused: 0 },
    })
    expect(await count(`account WHERE ref ~ '^S[0-9]+$' AND deleted_at IS NULL`)).toBe(1_300)
    await breakOn('Arrêt 700')
    await steps.admin.import.undo({ importId })
    const half = await untilItStops(importId)
    await mend()
    expect(half).toMatchObject({ state: 'failed', failure: { code: 'STOPPED', params: { step: 'undoing' } } })
    await expect(steps.admin.import.run({ importId })).rejects.toThrow('CONFLICT')
    expect(await steps.undone(importId)).toEqual({ back: 1_300, kept: 0 })
  })
  it('taken back where it stopped leaves nothing, and the one behind it has had its turn', async () => {
    const importId = await steps.tried('accounts', text, { duplicates: 'create' })
    const behind = await steps.send('accounts', 'Nom\nDerrière\n')
    await breakOn('Arrêt 1200')
    await steps.admin.import.run({ importId })
    await untilItStops(importId)
    await mend()
    expect(await steps.state(behind)).toBe('to_map')
    expect(await steps.undone(importId)).toEqual({ back: 1_200, kept: 0 })
    expect(await count(`account WHERE ref ~ '^S[0-9]+$' AND deleted_at IS NULL`)).toBe(0)
  })
})

describe('an import that nobody works at', () => {
  it('says so after half a minute, and not while a worker is at another one', async () => {
    const [first, second] = [await steps.send('accounts', file(5)), await steps.send('accounts', file(5))]
    const stalled = async () => [(await steps.get(first)).stalled, (await steps.get(second)).stalled]
    expect(await stalled()).toEqual([false, false])
    await sql(
      `UPDATE file_import SET queued_at = queued_at - interval '31 seconds' WHERE queued_at IS NOT NULL`,
    )
    expect(await stalled()).toEqual([true, true])
    await sql('UPDATE file_import SET heartbeat_at = now() WHERE id = $1', [first])
    expect(await stalled()).toEqual([false, false])
    await steps.work()
    expect(await stalled()).toEqual([false, false])
  })
})

describe('two imports of one organisation', () => {
  it('run one after the other, and the second says that it waits', async () => {
    const first = await steps.send('accounts', file(1_200))
    const second = await steps.send('accounts', file(1_200))
    expect([(await steps.get(first)).waits, (await steps.get(second)).waits]).toEqual([false, true])
    await steps.work()
    for (const importId of [first, second]) await steps.askTry(importId)
    await steps.work()
    for (const importId of [first, second]) await steps.admin.import.run({ importId })
    await Promise.all([steps.work(), steps.work(), steps.work()])
    await steps.work()
    expect([await steps.state(first), await steps.state(second)]).toEqual(['done', 'done'])
    expect(await steps.counts(first)).toMatchObject({ create: 1_200 })
    expect(await steps.counts(second)).toMatchObject({ create: 0, unchanged: 1_200 })
    expect(await steps.undone(first)).toEqual({ back: 1_200, kept: 0 })
  })
  it('asked to try again with other columns while it tries, begins anew', async () => {
    const importId = await steps.read('accounts', file(1_500))
    await steps.askTry(importId)
    await steps.work(stopAt(2))
    await steps.askTry(importId, { mapping: { name: 1 } })
    await steps.work()
    const found = await steps.get(importId)
    expect([found.state, found.mapping, found.handled]).toEqual(['tried', { name: 1 }, 1_500])
  })
})

describe('a file that cannot be taken', () => {
  it.each([
    ['FILE_EMPTY', ''],
    ['FILE_EMPTY', 'Nom;Ville\n'],
    ['FILE_NOT_TABLE', '%PDF-1.4'],
    ['TOO_MANY_COLUMNS', `${Array.from({ length: 201 }, (_, i) => `c${i}`).join(';')}\n`],
    ['CELL_TOO_LONG', `Nom\n${'x'.repeat(10_001)}\n`],
    ['QUOTE_OPEN', `Nom;Ville\n${'a;b\n'.repeat(3_000)}"x;y\n`],
    ['TOO_MANY_LINES', 'a;b\n'.repeat(500_002)],
  ])('is given up as a whole with its reason: %s', async (code, text) => {
    const importId = await steps.read('accounts', text)
    expect(await steps.get(importId)).toMatchObject({ state: 'failed', lines: 0, failure: { code } })
    expect(await count('import_line WHERE import_id = $1', [importId])).toBe(0)
    expect(await world.deps.storage.exists(`imports/${importId}`)).toBe(false)
    await expect(steps.admin.import.run({ importId })).rejects.toThrow('CONFLICT')
  })
  it('is told when the disk is full, and nothing of it is there', async () => {
    const before = await count('file_import')
    const full = { ...world.deps.storage, put: () => Promise.reject(new FieldbackError('STORAGE_FULL')) }
    const context = { deps: { ...world.deps, storage: full }, session: world.north.people.admin }
    const receive = receiveFile(context, { kind: 'accounts', name: 'x', body: inOnePiece('x') })
    await expect(receive).rejects.toThrow('STORAGE_FULL')
    expect(await count('file_import')).toBe(before)
  })
  it('is kept for nobody but an administrator of the whole organisation', async () => {
    const { basqueRep, local, hq } = world.north.people
    const kept = { ...world.deps.storage, put: () => Promise.reject(new Error('kept')) }
    for (const session of [null, basqueRep, local, hq]) {
      const context = { deps: { ...world.deps, storage: kept }, session }
      const receive = receiveFile(context, { kind: 'accounts', name: 'x', body: inOnePiece('x') })
      await expect(receive).rejects.toThrow(session === null ? 'UNAUTHENTICATED' : 'FORBIDDEN')
    }
  })
  it('is put away with its lines, and its name is only shown', async () => {
    const context = { deps: world.deps, session: world.north.people.admin }
    const { importId } = await receiveFile(context, {
      kind: 'accounts',
      name: '../../etc/clients\u0000\u202e.csv',
      body: inOnePiece('Nom\nUn\n'),
    })
    await steps.work()
    expect((await steps.get(importId)).fileName).toBe('clients.csv')
    await steps.admin.import.remove({ importId })
    await expect(steps.get(importId)).rejects.toThrow('NOT_FOUND')
    await steps.work()
    expect(await count('import_line WHERE import_id = $1', [importId])).toBe(0)
    expect(await count('file_import WHERE id = $1', [importId])).toBe(0)
  })
})

describe('the file of lines that did not get in', () => {
  const contextOf = (session = world.north.people.admin) => ({ deps: world.deps, session })
  const textOf = async (importId: string, locale: 'fr' | 'en') => {
    let text = ''
    for await (const chunk of (await refusedLines(contextOf(), importId, locale)).chunks) text += chunk
    return text
  }
  it('has the cells as they were sent and the reasons in the reader’s language', async () => {
    const sent = 'Nom;Tél;E-mail\n;+33 5;x\n=1+1;;"un ""faux""\nmail"\nBon;;\n'
    const importId = await steps.imported('accounts', sent)
    const french = await textOf(importId, 'fr')
    expect(french.split('\r\n')[0]).toBe('\uFEFFNom;Tél;E-mail;À corriger')
    expect(french.split('\r\n')[1]).toMatch(
      /^;'\+33 5;x;"?Nom.: il manque une valeur ; E-mail.: «.x.» n.a pas la forme/,
    )
    expect(french).toContain(`'=1+1;;"un ""faux""\nmail";`)
    expect(french).not.toContain('Bon')
    expect((await textOf(importId, 'en')).split('\r\n')[0]).toBe('\uFEFFNom,Tél,E-mail,To correct')
  })
  it('says what a doubtful line looks like, a record or another line, how sure and why', async () => {
    const importId = await steps.imported(
      'accounts',
      'Nom;CP;Ville;Tél\nAuberge Sorhouet;64780;Ossès;0559000301\nHôtel;75001;Paris;0559000301\n',
    )
    expect(await textOf(importId, 'fr')).toMatch(
      /;"?Ressemble à Auberge Sorhouet, Ossès \(ligne 2 de ce fichier\) \[Probable, 80.%.: même téléphone\]/,
    )
    expect(await textOf(importId, 'en')).toContain(
      'Looks like Auberge Sorhouet, Ossès (line 2 of this file) [Likely, 80 %: same phone]',
    )
  })
  it('corrected and sent again comes in; its last column is left out', async () => {
    const importId = await steps.imported('accounts', 'Nom;E-mail\nRéparé;faux\n')
    const corrected = (await textOf(importId, 'fr')).replace('faux;', 'bon@exemple.fr;')
    const again = await steps.imported('accounts', corrected)
    expect((await steps.get(again)).columns.map(({ header }) => header)).toEqual(['Nom', 'E-mail'])
    expect(await steps.outcomes(again)).toEqual(['create'])
    expect(await steps.account('Réparé')).toMatchObject({ email: 'bon@exemple.fr' })
  })
  it('sent again as it is, a second company with the number of a first is still refused, the first untouched', async () => {
    const importId = await steps.imported(
      'accounts',
      'Ref;Nom;CP\nT0001;Épicerie Garat;64310\nT0001;Transports Etcheverry;64310\n',
    )
    expect(await steps.faults(importId)).toEqual(['', 'TWICE_IN_FILE'])
    const before = await steps.account('Épicerie Garat')
    const again = await steps.imported('accounts', await textOf(importId, 'fr'))
    expect(await steps.faults(again)).toEqual(['REF_OF_ANOTHER'])
    expect(await textOf(again, 'fr')).toMatch(/«.T0001.» est déjà la référence de «.Épicerie Garat.»/)
    expect(await steps.account('Épicerie Garat')).toEqual(before)
    expect(await steps.account('Transports Etcheverry')).toBeUndefined()
    const third = await steps.imported('accounts', await textOf(again, 'en'), { duplicates: 'merge' })
    expect(await steps.faults(third)).toEqual(['REF_OF_ANOTHER'])
    expect(await steps.account('Épicerie Garat')).toEqual(before)
  })
  it('is nobody else’s: not of another organisation, not of a rep', async () => {
    const importId = await steps.imported('accounts', 'Nom\n\nx\n')
    const refused = (session: typeof world.north.people.admin, id = importId) =>
      refusedLines(contextOf(session), id, 'fr')
    await expect(refused(world.other.people.admin)).rejects.toThrow('NOT_FOUND')
    await expect(refused(world.north.people.admin, randomUUID())).rejects.toThrow('NOT_FOUND')
    await expect(refused(world.north.people.basqueRep)).rejects.toThrow('FORBIDDEN')
  })
})

describe('the template', () => {
  it.each(LOCALES)('is understood without a touch, in %s', (locale) => {
    for (const kind of IMPORT_KINDS) {
      const { text } = importTemplate(kind, locale)
      const [titles = '', example = ''] = text.slice(1).split('\r\n')
      const separator = locale === 'fr' ? ';' : ','
      const cells = example.split(separator)
      const columns = titles
        .split(separator)
        .map((header, i) => ({ header, samples: [cells[i] ?? ''].filter((cell) => cell !== '') }))
      expect([kind, guessMapping(kind, columns)]).toEqual([
        kind,
        Object.fromEntries(IMPORT_TARGETS[kind].map(({ key }, i) => [key, i])),
      ])
    }
  })
})
