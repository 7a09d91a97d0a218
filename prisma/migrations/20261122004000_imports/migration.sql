-- Files that bring records in, their lines, and the organisation's own number of an account.

ALTER TABLE "account" ADD COLUMN "ref" TEXT;
CREATE INDEX "account_email_idx" ON "account"("org_id", "email") WHERE (email IS NOT NULL);
CREATE INDEX "account_postcode_idx" ON "account"("org_id", "postcode") WHERE (postcode IS NOT NULL);
CREATE UNIQUE INDEX "account_ref_key" ON "account"("org_id", "ref") WHERE (ref IS NOT NULL AND deleted_at IS NULL);

CREATE TABLE "file_import" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_key" TEXT,
    "state" TEXT NOT NULL,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "handled" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "failure" JSONB,
    "format" JSONB NOT NULL DEFAULT '{}',
    "columns" JSONB NOT NULL DEFAULT '[]',
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "options" JSONB NOT NULL DEFAULT '{}',
    "back" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "queued_at" TIMESTAMPTZ(3),
    "lease_id" UUID,
    "heartbeat_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_import_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "file_import_org_id_created_at_id_idx" ON "file_import"("org_id", "created_at", "id");
CREATE INDEX "file_import_queued_idx" ON "file_import"("org_id", "queued_at") WHERE (queued_at IS NOT NULL);

CREATE TABLE "import_line" (
    "org_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "outcome" TEXT,
    "faults" JSONB NOT NULL DEFAULT '[]',
    "matches" JSONB NOT NULL DEFAULT '[]',
    "match_key" TEXT,
    "record_id" UUID,
    "effect" JSONB,
    "kept" TEXT,

    CONSTRAINT "import_line_pkey" PRIMARY KEY ("org_id","import_id","line")
);
CREATE INDEX "import_line_outcome_idx" ON "import_line"("org_id", "import_id", "outcome", "line") WHERE (outcome IS NOT NULL);
CREATE INDEX "import_line_match_idx" ON "import_line"("org_id", "import_id", "match_key") WHERE (match_key IS NOT NULL);
CREATE INDEX "import_line_record_idx" ON "import_line"("org_id", "import_id", "record_id") WHERE (record_id IS NOT NULL);
CREATE INDEX "import_line_kept_idx" ON "import_line"("org_id", "import_id", "line") WHERE (kept IS NOT NULL);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['file_import', 'import_line'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- Organisations with an import that waits for the worker and that nobody works at, for the worker's periodic check: a
-- killed worker keeps its job locked for hours. As waiting_folds(), it answers ids only, by a policy of the owner's.
CREATE POLICY owner_counts_waiting ON file_import FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_imports(p_patience interval) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT f.org_id FROM file_import f
   WHERE f.queued_at IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM file_import w WHERE w.org_id = f.org_id AND w.queued_at IS NOT NULL
                        AND w.lease_id IS NOT NULL AND w.heartbeat_at > now() - p_patience)
$$;

REVOKE ALL ON FUNCTION waiting_imports(interval) FROM PUBLIC;
