import type { ImportKind, ImportMapping, ImportOptions, LineOutcome } from '@fieldback/domain/import/import'
import type { Caller, TestWorld } from '../test-world.ts'
import { workImports } from './import.job.ts'
import { receiveFile } from './receive-file.ts'

export async function* inOnePiece(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

type Told = Partial<ImportOptions> & { readonly mapping?: ImportMapping }

/** The steps of an import as an administrator and the worker take them, one after the other. */
export function importSteps(world: TestWorld) {
  const { orgId, people, territories } = world.north
  const admin: Caller = world.callerFor(people.admin)
  const work = (stop?: AbortSignal) => workImports(world.deps, orgId, stop)
  const send = async (kind: ImportKind, text: string | Uint8Array): Promise<string> => {
    const context = { deps: world.deps, session: people.admin }
    return (await receiveFile(context, { kind, name: 'fichier.csv', body: inOnePiece(text) })).importId
  }
  const read = async (kind: ImportKind, text: string | Uint8Array): Promise<string> => {
    const importId = await send(kind, text)
    await work()
    return importId
  }
  const askTry = async (importId: string, { mapping, ...options }: Told = {}): Promise<void> => {
    const found = await admin.import.get({ importId })
    await admin.import.tryOut({
      importId,
      mapping: mapping ?? { ...found.mapping },
      options: { duplicates: 'hold', territoryId: territories.basque, ...options },
    })
  }
  const tried = async (kind: ImportKind, text: string, told: Told = {}): Promise<string> => {
    const importId = await read(kind, text)
    await askTry(importId, told)
    await work()
    return importId
  }
  const imported = async (kind: ImportKind, text: string, told: Told = {}): Promise<string> => {
    const importId = await tried(kind, text, told)
    await admin.import.run({ importId })
    await work()
    return importId
  }
  const undone = async (importId: string) => {
    await admin.import.undo({ importId })
    await work()
    return (await admin.import.get({ importId })).undone
  }
  const get = (importId: string) => admin.import.get({ importId })
  const lines = async (importId: string) => (await admin.import.lines({ importId, limit: 200 })).lines
  return {
    admin,
    work,
    send,
    read,
    askTry,
    tried,
    imported,
    undone,
    get,
    lines,
    state: async (importId: string) => (await get(importId)).state,
    counts: async (importId: string) => (await get(importId)).counts,
    outcomes: async (importId: string): Promise<LineOutcome[]> =>
      (await lines(importId)).map(({ outcome }) => outcome),
    faults: async (importId: string) =>
      (await lines(importId)).map(({ faults }) => faults.map(({ code }) => code).join()),
    /** The live account of a name, with all its columns. */
    account: async (name: string) =>
      (
        await world.sql<Record<string, unknown>>(
          orgId,
          'SELECT * FROM account WHERE org_id = $1 AND name = $2 AND deleted_at IS NULL',
          [orgId, name],
        )
      )[0],
  }
}
