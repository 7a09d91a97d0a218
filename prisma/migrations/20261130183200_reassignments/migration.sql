-- Accounts moved by what they match rather than one by one: in the background, a bounded transaction at a time.
CREATE TABLE "reassignment" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "filter" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "moved" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "back" INTEGER NOT NULL DEFAULT 0,
    "stayed" INTEGER NOT NULL DEFAULT 0,
    "at_home" UUID,
    "at_account" UUID,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_by" UUID,
    "ended_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "reassignment_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "reassignment_state_check" CHECK (state IN ('moving', 'moved', 'stopped', 'undoing', 'undone')),
    CONSTRAINT "reassignment_org_id_to_id_fkey" FOREIGN KEY ("org_id", "to_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "reassignment_org_id_asked_by_fkey" FOREIGN KEY ("org_id", "asked_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "reassignment_org_id_asked_at_idx" ON "reassignment"("org_id", "asked_at");
CREATE INDEX "reassignment_waiting_idx" ON "reassignment"("org_id", "asked_at") WHERE (state IN ('moving', 'undoing'));

CREATE TABLE "reassignment_line" (
    "org_id" UUID NOT NULL,
    "reassignment_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "reassignment_line_pkey" PRIMARY KEY ("org_id","reassignment_id","account_id"),
    CONSTRAINT "reassignment_line_state_check" CHECK (state IN ('moved', 'kept', 'back', 'stayed')),
    CONSTRAINT "reassignment_line_org_id_reassignment_id_fkey" FOREIGN KEY ("org_id", "reassignment_id") REFERENCES "reassignment"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "reassignment_line_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "reassignment_line_moved_idx" ON "reassignment_line"("org_id", "reassignment_id", "from_id", "account_id") WHERE (state = 'moved');

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['reassignment', 'reassignment_line'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- For the worker, which looks for what was lost with one that was killed. As waiting_imports(), it answers ids only, by a
-- policy of the owner's.
CREATE POLICY owner_counts_waiting ON reassignment FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_reassignments() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT org_id FROM reassignment WHERE state IN ('moving', 'undoing')
$$;
REVOKE ALL ON FUNCTION waiting_reassignments() FROM PUBLIC;
