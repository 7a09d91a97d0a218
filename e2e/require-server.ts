/** Says how journeys are run to whoever starts Playwright by hand. */
export default function requireServer(): void {
  const { E2E_BASE_URL, E2E_BROWSER, E2E_DATA } = process.env
  if (E2E_BASE_URL && E2E_BROWSER && E2E_DATA) return
  throw new Error('Journeys need a running server and a browser: use npm test -- browser [file].')
}
