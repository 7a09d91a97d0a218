-- Since when a fact waits: how far behind figures are.
ALTER TABLE "rollup_outbox" ADD COLUMN "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();

-- What a look at the roll-ups found beside the documents: the last of each organisation are kept.
CREATE TABLE "rollup_check" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "territory_id" UUID NOT NULL,
    "month" DATE,
    "how" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "drifted" INTEGER NOT NULL,
    "mended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollup_check_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "rollup_check_at_idx" ON "rollup_check"("org_id", "checked_at");
CREATE INDEX "rollup_check_drifted_idx" ON "rollup_check"("org_id") WHERE (drifted > 0 AND mended_at IS NULL);

-- Counting again, a month at a time: at most one at once in an organisation.
CREATE TABLE "rollup_rebuild" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "why" TEXT NOT NULL,
    "units" TEXT[],
    "done" INTEGER NOT NULL DEFAULT 0,
    "corrected" INTEGER NOT NULL DEFAULT 0,
    "turn" UUID,
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollup_rebuild_pkey" PRIMARY KEY ("org_id","id")
);
CREATE UNIQUE INDEX "rollup_rebuild_open_idx" ON "rollup_rebuild"("org_id") WHERE (ended_at IS NULL);

ALTER TABLE "rollup_check" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rollup_check" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "rollup_check" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
ALTER TABLE "rollup_rebuild" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rollup_rebuild" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "rollup_rebuild" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- For health and for the worker's periodic check, across organisations: counts and ids. As for waiting_folds().
CREATE POLICY owner_counts_drift ON rollup_check FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_counts_waiting ON rollup_rebuild FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_rebuilds() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT org_id FROM rollup_rebuild WHERE ended_at IS NULL
$$;

-- Age of the fact that waits longest, in seconds; one step of the index per organisation.
CREATE FUNCTION fold_lag_seconds() RETURNS double precision
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE waiting (org_id, at) AS (
    (SELECT org_id, at FROM rollup_outbox ORDER BY org_id, id LIMIT 1)
    UNION ALL
    SELECT next.org_id, next.at FROM waiting w CROSS JOIN LATERAL (
      SELECT o.org_id, o.at FROM rollup_outbox o WHERE o.org_id > w.org_id ORDER BY o.org_id, o.id LIMIT 1) AS next
  )
  SELECT coalesce(greatest(extract(epoch FROM clock_timestamp() - min(at)), 0), 0)::float8 FROM waiting
$$;

-- Looks that found a difference which no rebuild has mended since.
CREATE FUNCTION rollup_drift() RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*)::int FROM rollup_check WHERE drifted > 0 AND mended_at IS NULL
$$;

REVOKE ALL ON FUNCTION waiting_rebuilds(), fold_lag_seconds(), rollup_drift() FROM PUBLIC;

-- A fold adds to rows that stand: with room on their page they need no new entries in the index, which halves its time.
ALTER TABLE "rollup_cell" SET (fillfactor = 70);
ALTER TABLE "rollup_day" SET (fillfactor = 70);
ALTER TABLE "rollup_person" SET (fillfactor = 70);
ALTER TABLE "stock_cell" SET (fillfactor = 70);
