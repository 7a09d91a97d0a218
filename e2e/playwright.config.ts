import { defineConfig } from '@playwright/test'

const { E2E_BASE_URL, E2E_BROWSER, E2E_BROWSER_FLAGS } = process.env

// One worker: the journeys of a run share one server and one demonstration organisation.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './require-server.ts',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // The whole takes a third of it on a slow machine.
  globalTimeout: 45 * 60_000,
  // A slow machine gets its time; a journey that goes well does not wait for it.
  expect: { timeout: 20_000 },
  use: {
    ...(E2E_BASE_URL ? { baseURL: E2E_BASE_URL } : {}),
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // A trace is recorded of every journey to be kept of one: ask for it by --trace when one fails.
    trace: 'off',
    launchOptions: {
      ...(E2E_BROWSER ? { executablePath: E2E_BROWSER } : {}),
      args: (E2E_BROWSER_FLAGS ?? '').split(' ').filter(Boolean),
    },
  },
})
