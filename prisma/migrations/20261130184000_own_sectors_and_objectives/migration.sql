-- Sub-sectors that reps make in their own sectors: what is asked for is kept and done by a job, an account at a time
-- noted, so that it can be taken back.
ALTER TABLE "territory" ADD COLUMN "made_by" UUID;
ALTER TABLE "territory" ADD CONSTRAINT "territory_org_id_made_by_fkey" FOREIGN KEY ("org_id", "made_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "sector_arrangement" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "place" BIGSERIAL NOT NULL,
    "sector_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "ask" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "code" TEXT,
    "name" TEXT,
    "name_before" TEXT,
    "moved" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "undone_by" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sector_arrangement_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "sector_arrangement_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "sector_arrangement_org_id_asked_by_fkey" FOREIGN KEY ("org_id", "asked_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "sector_arrangement_waiting_idx" ON "sector_arrangement"("org_id", "place") WHERE (state = 'waiting');
CREATE INDEX "sector_arrangement_org_id_territory_id_changed_at_idx" ON "sector_arrangement"("org_id", "territory_id", "changed_at");

CREATE TABLE "arranged_account" (
    "org_id" UUID NOT NULL,
    "arrangement_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,

    CONSTRAINT "arranged_account_pkey" PRIMARY KEY ("org_id","arrangement_id","account_id"),
    CONSTRAINT "arranged_account_org_id_arrangement_id_fkey" FOREIGN KEY ("org_id", "arrangement_id") REFERENCES "sector_arrangement"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "arranged_account_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "arranged_account_org_id_from_id_fkey" FOREIGN KEY ("org_id", "from_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "arranged_account_org_id_to_id_fkey" FOREIGN KEY ("org_id", "to_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What a manager wants visited in his branch, and what reps do not take on.
CREATE TABLE "objective" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "stated_by" UUID NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,
    "segment" JSONB NOT NULL,
    "field_id" UUID,
    "why" TEXT NOT NULL,
    "every_weeks" INTEGER,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "objective_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "objective_days_check" CHECK (from_day <= to_day),
    CONSTRAINT "objective_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "objective_org_id_stated_by_fkey" FOREIGN KEY ("org_id", "stated_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "objective_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "objective_org_id_territory_id_to_day_idx" ON "objective"("org_id", "territory_id", "to_day");

CREATE TABLE "objective_refusal" (
    "org_id" UUID NOT NULL,
    "objective_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "objective_refusal_pkey" PRIMARY KEY ("org_id","objective_id","account_id"),
    CONSTRAINT "objective_refusal_org_id_objective_id_fkey" FOREIGN KEY ("org_id", "objective_id") REFERENCES "objective"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "objective_refusal_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "objective_refusal_org_id_member_id_fkey" FOREIGN KEY ("org_id", "member_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sector_arrangement', 'arranged_account', 'objective', 'objective_refusal'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- Organisations with something to arrange, for the worker's periodic check. As waiting_folds(), it answers ids only, by a
-- policy of the owner's.
CREATE POLICY owner_counts_waiting ON sector_arrangement FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_arrangements() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT org_id FROM sector_arrangement WHERE state = 'waiting'
$$;

REVOKE ALL ON FUNCTION waiting_arrangements() FROM PUBLIC;
