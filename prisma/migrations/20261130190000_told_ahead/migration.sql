-- The day for which people who work on the territories of a scenario were told of it; null when they were not, or were
-- told since that it is off.
ALTER TABLE "scenario" ADD COLUMN "told_for" DATE;
CREATE INDEX "scenario_told_idx" ON "scenario"("org_id") WHERE (told_for IS NOT NULL);

-- Also for people to be told: from two weeks before the day, and when what they were told is off or moved. An hour after the last
-- change: who changes his mind at once bothers nobody.
CREATE OR REPLACE FUNCTION due_scenarios(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT s.org_id FROM scenario s JOIN organisation o ON o.id = s.org_id
   WHERE (s.state = 'planned' AND s.fault IS NULL AND s.effective_on <= (at AT TIME ZONE o.time_zone)::date)
      OR (s.state = 'planned' AND s.told_for IS DISTINCT FROM s.effective_on AND s.changed_at <= at - interval '1 hour'
          AND s.effective_on > (at AT TIME ZONE o.time_zone)::date
          AND (s.told_for IS NOT NULL OR s.effective_on <= (at AT TIME ZONE o.time_zone)::date + 14))
      OR (s.state IN ('draft', 'discarded') AND s.told_for IS NOT NULL AND s.changed_at <= at - interval '1 hour')
$$;
