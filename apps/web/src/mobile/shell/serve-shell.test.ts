import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type ShellBuild, serveShell } from './serve-shell.ts'

const ORIGIN = 'https://fieldback.test'
const buildOf = (key: string, page = `page of ${key}`): ShellBuild => ({
  key,
  pageHash: createHash('sha256').update(page).digest('hex'),
  files: [`/_next/static/chunks/${key}.js`, '/phone/icon-192.png'],
  away: [
    ['fr', 'pas de réseau'],
    ['en', 'no network'],
  ],
})

/** A browser with what a worker sees of it: caches, open pages, and a server that answers each path with a text; gone when it has none. */
function openBrowser(server: Map<string, string>, language = 'fr-FR') {
  const caches = new Map<string, Map<string, Response>>()
  const pages: string[] = []
  const asked: string[] = []
  const pathOf = (from: string | Request) =>
    new URL(typeof from === 'string' ? from : from.url, ORIGIN).pathname
  const fetched = async (from: string | Request): Promise<Response> => {
    asked.push(pathOf(from))
    if (server.size === 0) throw new TypeError('Failed to fetch')
    const text = server.get(pathOf(from))
    return text === undefined ? new Response('', { status: 404 }) : new Response(text)
  }
  const open = async (name: string) => {
    const held = caches.get(name) ?? new Map<string, Response>()
    caches.set(name, held)
    return {
      async addAll(files: readonly string[]) {
        for (const file of files) {
          const answer = await fetched(file)
          if (!answer.ok) throw new TypeError(`${file} is not there`)
          held.set(file, answer)
        }
      },
      put: async (path: string, answer: Response) => void held.set(path, answer),
      match: async (from: string | Request) => held.get(pathOf(from))?.clone(),
    }
  }
  /** Starts the worker from its text, as a browser does. */
  const start = (build: ShellBuild) => {
    const heard = new Map<string, (event: object) => void>()
    runInNewContext(`(${serveShell})(self, build)`, {
      build,
      URL,
      Uint8Array,
      Response,
      self: {
        navigator: { language },
        location: new URL(ORIGIN),
        crypto,
        fetch: fetched,
        caches: {
          open,
          keys: async () => [...caches.keys()],
          delete: async (name: string) => caches.delete(name),
          match: async (from: string | Request) =>
            [...caches.values()]
              .map((held) => held.get(pathOf(from)))
              .find(Boolean)
              ?.clone(),
        },
        clients: {
          matchAll: async () => pages.map((path) => ({ url: ORIGIN + path })),
          claim: async () => {},
        },
        addEventListener: (type: string, listener: (event: object) => void) => heard.set(type, listener),
      },
    })
    const send = async (type: string, more: object = {}): Promise<Response | undefined> => {
      const work: Promise<unknown>[] = []
      let answer: Promise<Response> | undefined
      heard.get(type)?.({
        ...more,
        waitUntil: (promise: Promise<unknown>) => work.push(promise),
        respondWith: (promise: Promise<Response>) => {
          answer = promise
        },
      })
      await Promise.all(work)
      return answer
    }
    const ask = async (path: string, mode = 'navigate', method = 'GET') =>
      (await send('fetch', { request: { url: new URL(path, ORIGIN).href, mode, method } }))?.text()
    return { install: () => send('install'), activate: () => send('activate'), ask }
  }
  return { caches, pages, asked, start }
}

/** A server of one build. */
const serving = (key: string) =>
  new Map([
    ['/m', `page of ${key}`],
    [`/_next/static/chunks/${key}.js`, `script of ${key}`],
    ['/phone/icon-192.png', 'icon'],
  ])

describe('the worker of the phone', () => {
  it('opens each address of the phone with the page it keeps, and asks the server for nothing', async () => {
    const server = serving('one')
    const browser = openBrowser(server)
    const worker = browser.start(buildOf('one'))
    await worker.install()
    await worker.activate()
    server.clear()
    browser.asked.length = 0
    for (const path of ['/m', '/m/accounts/1/report', '/m/outbox?x=1'])
      expect(await worker.ask(path), path).toBe('page of one')
    expect(await worker.ask('/_next/static/chunks/one.js', 'cors')).toBe('script of one')
    expect(await worker.ask('/phone/icon-192.png', 'cors')).toBe('icon')
    expect(browser.asked).toEqual([])
  })

  it('touches neither the desk, nor answers of the API, nor what is sent', async () => {
    const worker = openBrowser(serving('one')).start(buildOf('one'))
    await worker.install()
    for (const path of ['/manage', '/manage/t/1', '/mail', '/account/x'])
      expect(await worker.ask(path), path).toBeUndefined()
    expect(await worker.ask('/api/sync/pull', 'cors')).toBeUndefined()
    expect(await worker.ask('/m', 'navigate', 'POST')).toBeUndefined()
    expect(await worker.ask('https://elsewhere.test/m')).toBeUndefined()
  })

  it.each([
    ['fr-FR', 'pas de réseau'],
    ['en-GB', 'no network'],
    ['eu', 'pas de réseau'],
  ])(
    'in %s, says that there is no network where one’s other pages find none, and leaves them alone otherwise',
    async (language, said) => {
      const server = new Map([...serving('one'), ['/account', 'own account']])
      const worker = openBrowser(server, language).start(buildOf('one'))
      await worker.install()
      expect(await worker.ask('/account')).toBe('own account')
      server.clear()
      for (const path of ['/account', '/signin?callbackUrl=%2Fm', '/'])
        expect(await worker.ask(path)).toBe(said)
      expect(await worker.ask('/manage')).toBeUndefined()
    },
  )

  it.each([
    ['the page of another build', ['/m', 'page of two']],
    ['a page of a proxy', ['/m', 'sign in to this network']],
  ] as const)('keeps nothing that would not open: %s', async (_, [path, text]) => {
    const worker = openBrowser(serving('one').set(path, text)).start(buildOf('one'))
    await expect(worker.install()).rejects.toThrow('another build')
  })

  it('is not installed when one file is missing', async () => {
    const server = serving('one')
    server.delete('/_next/static/chunks/one.js')
    await expect(openBrowser(server).start(buildOf('one')).install()).rejects.toThrow('is not there')
  })

  it('gives a page that is open the files of its own build, until none is', async () => {
    const browser = openBrowser(new Map([...serving('one'), ...serving('two'), ['/m', 'page of one']]))
    await browser.start(buildOf('one')).install()
    browser.pages.push('/m/accounts/1/report', '/manage')
    const next = browser.start(buildOf('two', 'page of one'))
    await next.install()
    await next.activate()
    expect(await next.ask('/m')).toBe('page of one')
    expect(await next.ask('/_next/static/chunks/one.js', 'cors')).toBe('script of one')
    expect([...browser.caches.keys()]).toEqual(['fieldback-shell-one', 'fieldback-shell-two'])
    browser.pages.length = 0
    browser.pages.push('/manage')
    await next.ask('/m')
    expect([...browser.caches.keys()]).toEqual(['fieldback-shell-two'])
  })

  it('drops caches of its own only', async () => {
    const browser = openBrowser(serving('one'))
    browser.caches.set('another', new Map())
    const worker = browser.start(buildOf('one'))
    await worker.install()
    await worker.activate()
    expect([...browser.caches.keys()]).toEqual(['another', 'fieldback-shell-one'])
  })
})
