import { defineConfig } from '@playwright/test'
import { ownServer, servers } from './own-server.ts'

const { E2E_BROWSER, E2E_BROWSER_FLAGS } = process.env

// One worker for each server: the journeys on it share its demonstration organisation, and follow each other.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './require-server.ts',
  outputDir: '../test-results',
  workers: servers.length || 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // The whole takes a third of it on a slow machine.
  globalTimeout: 45 * 60_000,
  // A slow machine gets its time; a journey that goes well does not wait for it.
  expect: { timeout: 20_000 },
  use: {
    ...(ownServer ? { baseURL: ownServer.url } : {}),
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
