-- What moves of branches change in the figures above them, until it is counted.
CREATE TABLE "rollup_shift" (
    "org_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "shifts" JSONB NOT NULL,
    "last_day" DATE NOT NULL,
    "field_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "rollup_shift_pkey" PRIMARY KEY ("org_id","id")
);
ALTER TABLE "rollup_shift" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rollup_shift" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "rollup_shift" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- As for rollup_outbox: the functions below answer ids and an age.
CREATE POLICY owner_counts_waiting ON rollup_shift FOR SELECT TO CURRENT_USER USING (true);

CREATE OR REPLACE FUNCTION waiting_folds() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  -- One step of the index per organisation, however many facts each has waiting. Shifts are few.
  WITH RECURSIVE waiting (org_id) AS (
    (SELECT org_id FROM rollup_outbox ORDER BY org_id LIMIT 1)
    UNION ALL
    SELECT (SELECT o.org_id FROM rollup_outbox o WHERE o.org_id > w.org_id ORDER BY o.org_id LIMIT 1)
      FROM waiting w WHERE w.org_id IS NOT NULL
  )
  SELECT org_id FROM waiting WHERE org_id IS NOT NULL UNION SELECT org_id FROM rollup_shift
$$;

-- Age of the fact or shift that waits longest, in seconds.
CREATE OR REPLACE FUNCTION fold_lag_seconds() RETURNS double precision
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE waiting (org_id, at) AS (
    (SELECT org_id, at FROM rollup_outbox ORDER BY org_id, id LIMIT 1)
    UNION ALL
    SELECT next.org_id, next.at FROM waiting w CROSS JOIN LATERAL (
      SELECT o.org_id, o.at FROM rollup_outbox o WHERE o.org_id > w.org_id ORDER BY o.org_id, o.id LIMIT 1) AS next
  )
  SELECT coalesce(greatest(extract(epoch FROM clock_timestamp() - min(at)), 0), 0)::float8
    FROM (SELECT at FROM waiting UNION ALL SELECT at FROM rollup_shift) AS late
$$;
