import { get } from 'node:http'

/** One question to the figures, at the address that the explorer's screen asks. */
export function askExplorer({ url, cookie, agent }, question) {
  const batch = new URLSearchParams({ batch: '1', input: JSON.stringify({ 0: question }) })
  return new Promise((done, fail) => {
    get(`${url}/api/trpc/analytics.ask?${batch}`, { agent, headers: { cookie } }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        if (response.statusCode === 200) done(JSON.parse(text)[0].result.data)
        else
          fail(
            new Error(
              `${JSON.stringify(question)} was answered ${response.statusCode}: ${text.slice(0, 300)}`,
            ),
          )
      })
    }).on('error', fail)
  })
}
