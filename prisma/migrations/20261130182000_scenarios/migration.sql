-- Drafts of a re-organisation: steps beside the live tree, applied together at once or on a day.
CREATE TABLE "scenario" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "effective_on" DATE,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "fault" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "author_id" UUID NOT NULL,
    "planned_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "scenario_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "scenario_state_check" CHECK (state IN ('draft', 'planned', 'published', 'discarded')),
    CONSTRAINT "scenario_planned_check" CHECK (state <> 'planned' OR (effective_on IS NOT NULL AND planned_by IS NOT NULL)),
    CONSTRAINT "scenario_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "scenario_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "scenario_org_id_planned_by_fkey" FOREIGN KEY ("org_id", "planned_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "scenario_org_id_changed_by_fkey" FOREIGN KEY ("org_id", "changed_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "scenario_org_id_territory_id_changed_at_idx" ON "scenario"("org_id", "territory_id", "changed_at");
CREATE INDEX "scenario_planned_idx" ON "scenario"("org_id", "effective_on") WHERE (state = 'planned');

CREATE TABLE "scenario_remark" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "scenario_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scenario_remark_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "scenario_remark_org_id_scenario_id_fkey" FOREIGN KEY ("org_id", "scenario_id") REFERENCES "scenario"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "scenario_remark_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "scenario_remark_org_id_scenario_id_written_at_idx" ON "scenario_remark"("org_id", "scenario_id", "written_at");

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['scenario', 'scenario_remark'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

CREATE POLICY owner_reads_scenarios ON scenario FOR SELECT TO CURRENT_USER USING (true);

-- For the worker: organisations where the day of a planned scenario has come, by their own calendar. The owner alone
-- reads across organisations, and the function answers ids.
CREATE FUNCTION due_scenarios(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT s.org_id FROM scenario s JOIN organisation o ON o.id = s.org_id
   WHERE s.state = 'planned' AND s.fault IS NULL AND s.effective_on <= (at AT TIME ZONE o.time_zone)::date
$$;
REVOKE ALL ON FUNCTION due_scenarios(timestamptz) FROM PUBLIC;
