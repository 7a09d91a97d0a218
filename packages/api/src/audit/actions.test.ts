import { readdirSync, readFileSync } from 'node:fs'
import { PERMISSIONS } from '@fieldback/domain/access/permissions'
import { AUDIT_ACTIONS, AUDIT_KINDS } from '@fieldback/domain/audit/actions'
import { LOCALES } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('../../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')
const files = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !/\btest|generated/.test(path))
    .map((path) => `${folder}${path}`)

const NOUN_VERB = /'([a-z]+\.[a-z][a-zA-Z]*)'/g
/** Some are called like the permission they take. */
const ACTION = /\baction: '([a-z]+\.[a-z][a-zA-Z]*)'/g
const PERMISSION = new Set<string>(PERMISSIONS)

/** Every noun.verb that a file which writes the journal names, but for permissions and what logs, operations and texts are called. */
function written(): Set<string> {
  const writers = ['packages/api/src/', 'packages/db/src/']
    .flatMap((folder) => files(folder, '.ts'))
    .map(read)
    .filter((text) => /\b(writeAudits?|unsafeWriteAudits)\(/.test(text))
    .map((text) => text.replaceAll(/.*\blog\.\w+\(.*|\b(kind === |say(\.\w+)?\()'[^']+'/g, ''))
  const statements = [...files('prisma/migrations/', '.sql'), ...files('prisma/backup/', '.ts')]
    .map(read)
    .flatMap((text) => text.match(/INSERT INTO audit_event[^;`]*[;`]/g) ?? [])
  const named = [...writers, ...statements].flatMap((text) => [...text.matchAll(NOUN_VERB)])
  const sure = writers.flatMap((text) => [...text.matchAll(ACTION)].map(([, name = '']) => name))
  return new Set([...sure, ...named.flatMap(([, name = '']) => (PERMISSION.has(name) ? [] : [name]))])
}

describe('what the journal holds', () => {
  it('is listed: every action that the code writes, and no other', () => {
    expect([...written()].sort()).toEqual([...AUDIT_ACTIONS].sort())
  })
  it('has its sentence in both languages, and its noun among the filters', () => {
    for (const locale of LOCALES) {
      const sentences = messagesOf(locale).audit.action as Readonly<Record<string, Record<string, string>>>
      const said = Object.entries(sentences).flatMap(([noun, verbs]) =>
        Object.keys(verbs).map((verb) => `${noun}.${verb}`),
      )
      expect(said.sort()).toEqual([...AUDIT_ACTIONS].sort())
      expect(Object.keys(messagesOf(locale).audit.kind).sort()).toEqual([...AUDIT_KINDS].sort())
    }
    expect(new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]))).toEqual(new Set(AUDIT_KINDS))
  })
})
