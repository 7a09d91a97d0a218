import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { FILE_HEADERS, FIXED_HEADERS } from './src/server/fixed-headers.ts'

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
  headers: async () => [
    { source: '/((?!_next/static/).*)', headers: FIXED_HEADERS },
    { source: '/_next/static/:path*', headers: FILE_HEADERS },
    // Its scripts are those of one build: a copy kept on the way would outlive them.
    { source: '/m/:path*', headers: [{ key: 'cache-control', value: 'no-cache' }] },
  ],
  // One static page answers every address of the phone application, which has its own router.
  rewrites: async () => ({
    beforeFiles: [{ source: '/m/:path+', destination: '/m' }],
    afterFiles: [],
    fallback: [],
  }),
}

export default createNextIntlPlugin('./src/i18n/request.ts')(config)
