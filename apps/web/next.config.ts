import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

// What every answer carries, files included; policies and TLS are set by src/proxy.ts, which knows the request.
const HEADERS = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  {
    key: 'permissions-policy',
    value: 'camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()',
  },
]

const config: NextConfig = {
  poweredByHeader: false,
  distDir: process.env.NEXT_DIST_DIR || '.next',
  // Types are checked once, by `pnpm typecheck`, rather than again at each build.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: [
    '@fieldback/adapters',
    '@fieldback/api',
    '@fieldback/db',
    '@fieldback/domain',
    '@fieldback/i18n',
    '@fieldback/ui',
  ],
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'nodemailer',
    'pg',
    'pino',
    'sharp',
  ],
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  experimental: { globalNotFound: true },
  headers: async () => [{ source: '/:path*', headers: HEADERS }],
  // One static page answers every address of the phone application, which has its own router.
  rewrites: async () => ({
    beforeFiles: [{ source: '/m/:path+', destination: '/m' }],
    afterFiles: [],
    fallback: [],
  }),
}

export default createNextIntlPlugin('./src/i18n/request.ts')(config)
