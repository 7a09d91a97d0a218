-- For how long an organisation keeps reports (ADR 059).
CREATE TABLE "retention" (
    "org_id" UUID NOT NULL,
    "years" SMALLINT CHECK (years BETWEEN 3 AND 10),
    "next_years" SMALLINT CHECK (next_years BETWEEN 3 AND 10),
    "starts_at" TIMESTAMPTZ(3),
    "edge" DATE CHECK (extract(day FROM edge) = 1),
    "erased" INTEGER NOT NULL DEFAULT 0,
    "swept_on" DATE,

    CONSTRAINT "retention_pkey" PRIMARY KEY ("org_id"),
    CONSTRAINT "retention_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "retention_next_check" CHECK ((next_years IS NULL) = (starts_at IS NULL))
);

ALTER TABLE "retention" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "retention" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "retention" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
CREATE POLICY owner_counts_due ON retention FOR SELECT TO CURRENT_USER USING (true);

-- A note about a report goes with it: found by its key.
CREATE INDEX "coaching_note_report_idx" ON "coaching_note"("org_id", "report_id") WHERE (report_id IS NOT NULL);

-- Organisations whose rule was not carried out today. For the worker: ids only, as waiting_rebuilds().
CREATE FUNCTION due_retentions() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT org_id FROM retention
   WHERE starts_at <= now() OR (years IS NOT NULL AND swept_on IS DISTINCT FROM current_date)
$$;

-- Erases reports of the organisation that is set, with all that hangs on them, and answers how many. Whatever it is asked
-- for, it erases none from the edge on, none once the rule was taken back, and none with a photo whose files are not named as deleted. What is written once is
-- erased here alone: no role of the product has the right to.
CREATE FUNCTION erase_reports(p_reports uuid[], p_media uuid[]) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  org uuid := app_org();
  old uuid[];
  ops uuid[];
BEGIN
  SELECT array_agg(id) INTO old FROM (
    SELECT r.id FROM report r JOIN retention k ON k.org_id = org AND k.years IS NOT NULL
     WHERE r.org_id = org AND r.id = ANY (p_reports) AND r.day < k.edge
       AND NOT EXISTS (SELECT FROM media m WHERE m.org_id = org AND m.report_id = r.id AND m.id <> ALL (p_media))
     ORDER BY r.id FOR UPDATE OF r) AS held;
  IF old IS NULL THEN RETURN 0; END IF;
  SELECT array_agg(op_id) INTO ops FROM change WHERE org_id = org AND entity = 'report' AND entity_id = ANY (old);

  DELETE FROM media WHERE org_id = org AND report_id = ANY (old);
  DELETE FROM coaching_note WHERE org_id = org AND report_id = ANY (old);
  DELETE FROM field_answer a USING (
    SELECT r.id, k::uuid AS field_id FROM report r CROSS JOIN LATERAL jsonb_object_keys(r."values") AS k
     WHERE r.org_id = org AND r.id = ANY (old)) AS said
   WHERE a.org_id = org AND a.field_id = said.field_id AND a.entity_id = said.id;
  -- A report that was put aside and then filed came under the number of what was put aside.
  DELETE FROM quarantine_settlement WHERE org_id = org AND item_id = ANY (ops);
  DELETE FROM sync_quarantine WHERE org_id = org AND id = ANY (ops);
  -- Receipts stay, so that nothing sent again is filed again; what was said when two corrections met goes.
  UPDATE sync_receipt SET answer = answer - 'merges' WHERE org_id = org AND op_id = ANY (ops) AND answer ? 'merges';
  DELETE FROM change WHERE org_id = org AND entity = 'report' AND entity_id = ANY (old);
  DELETE FROM report WHERE org_id = org AND id = ANY (old);
  UPDATE retention SET erased = erased + cardinality(old) WHERE org_id = org;
  RETURN cardinality(old);
END $$;

-- What is left of one person before the edge: who read his reports, what was put aside of them, and of his ledger all but that he
-- answered, without which nobody could tell that five did.
CREATE FUNCTION erase_trail(p_member uuid) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  org uuid := app_org();
  edge date := (SELECT k.edge FROM retention k WHERE k.org_id = org);
  items uuid[];
BEGIN
  DELETE FROM report_use WHERE org_id = org AND author_id = p_member AND day < edge;
  SELECT array_agg(id) INTO items FROM sync_quarantine
   WHERE org_id = org AND membership_id = p_member AND received_at < edge AND operation ->> 'kind' LIKE 'report.%';
  DELETE FROM quarantine_settlement WHERE org_id = org AND item_id = ANY (items);
  DELETE FROM sync_quarantine WHERE org_id = org AND id = ANY (items);
  UPDATE ledger_cell SET seconds = 0, received = 0, used = 0, followed = 0, contacted = 0
   WHERE org_id = org AND membership_id = p_member AND month < edge AND seconds + received + used + followed + contacted > 0;
  DELETE FROM ledger_cell WHERE org_id = org AND membership_id = p_member AND month < edge AND answers = 0;
END $$;

REVOKE ALL ON FUNCTION due_retentions(), erase_reports(uuid[], uuid[]), erase_trail(uuid) FROM PUBLIC;
