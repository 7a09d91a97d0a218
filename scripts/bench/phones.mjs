// Phones of reps, in a process of their own: told by messages what to send, they answer what became of it.
import { Agent, request } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { makeReport } from './make-report.mjs'

const compress = promisify(gzip)
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
let phones = []
let url = ''

process.on('message', async (told) => {
  try {
    process.send({ done: await DO[told.do](told) })
  } catch (error) {
    process.send({ failed: error.message })
  }
})

const DO = {
  open: (told) => {
    phones = told.phones.map((phone) => ({ ...phone, ready: [] }))
    url = told.url
  },
  /** Bodies written and compressed beforehand: phones do that elsewhere, on processors of their own. */
  prepare: async ({ bodies, reports }) => {
    for (const phone of phones) {
      phone.ready = []
      for (let at = 0; at < bodies; at++) phone.ready.push(await makeBody(phone, reports))
    }
  },
  /** Each phone sends one body after the other until the time is over. */
  push: async ({ seconds, reports }) => {
    const start = performance.now()
    const end = start + seconds * 1000
    const told = { applied: 0, other: {}, times: [] }
    await Promise.all(phones.map((phone) => pushUntil(phone, { end, reports, told })))
    // Until the next push the server may close what is idle, and a request that crosses the closing is cut.
    agent.destroy()
    return {
      ...told,
      seconds: (performance.now() - start) / 1000,
      unused: phones.map(({ ready }) => ready.length),
    }
  },
}

async function makeBody(phone, reports) {
  const operations = Array.from({ length: reports }, () => makeReport(phone, Date.now()))
  return compress(JSON.stringify({ protocol: 1, membershipId: phone.membershipId, operations }))
}

async function pushUntil(phone, { end, reports, told }) {
  while (performance.now() < end) {
    const body = phone.ready.pop() ?? (await makeBody(phone, reports))
    const start = performance.now()
    const { status, text } = await post(phone, body)
    told.times.push(performance.now() - start)
    if (status !== 200) throw new Error(`A push was answered ${status}: ${text.slice(0, 300)}`)
    for (const answer of JSON.parse(text).answers) {
      if (answer.status === 'applied') told.applied += 1
      else told.other[answer.status] = (told.other[answer.status] ?? 0) + 1
    }
  }
}

const post = (phone, body) =>
  new Promise((done, fail) => {
    const sent = request(
      `${url}/api/sync/push`,
      {
        agent,
        method: 'POST',
        headers: {
          cookie: phone.cookie,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': body.length,
          'sec-fetch-site': 'same-origin',
        },
      },
      (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () =>
          done({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') }),
        )
        response.on('error', fail)
      },
    )
    sent.on('error', fail)
    sent.end(body)
  })
