-- Organisations with facts that wait to be folded, for the worker's periodic check: a job that failed for good must not
-- leave facts behind. Row-level security is forced on the owner too, so a function of the owner sees nothing by itself;
-- this policy lets the owner alone, hence that function, read the outbox across organisations. It answers ids only.
CREATE POLICY owner_counts_waiting ON rollup_outbox FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_folds() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  -- One step of the index per organisation, however many facts each has waiting.
  WITH RECURSIVE waiting (org_id) AS (
    (SELECT org_id FROM rollup_outbox ORDER BY org_id LIMIT 1)
    UNION ALL
    SELECT (SELECT o.org_id FROM rollup_outbox o WHERE o.org_id > w.org_id ORDER BY o.org_id LIMIT 1)
      FROM waiting w WHERE w.org_id IS NOT NULL
  )
  SELECT org_id FROM waiting WHERE org_id IS NOT NULL
$$;

REVOKE ALL ON FUNCTION waiting_folds() FROM PUBLIC;

-- Age in seconds of the oldest job that is not done and not given up: since it was due, or, once it failed and waits for
-- another try, since it was asked for; a job that keeps failing would otherwise always look as if it were not yet due.
CREATE OR REPLACE FUNCTION job_lag_seconds() RETURNS double precision
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE lag double precision;
BEGIN
  SELECT max(extract(epoch FROM now() - CASE WHEN attempts > 0 AND locked_at IS NULL THEN created_at ELSE run_at END)) INTO lag
  FROM graphile_worker.jobs WHERE attempts < max_attempts;
  RETURN greatest(coalesce(lag, 0), 0);
END $$;
