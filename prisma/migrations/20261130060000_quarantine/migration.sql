-- What was put aside waits at a territory for whoever manages it, until it is accepted after repair or returned. The
-- operation stays as it came; what became of it is a row of its own.
ALTER TABLE "sync_quarantine" ADD COLUMN "territory_id" UUID, ADD COLUMN "settled_at" TIMESTAMPTZ(3);

CREATE TABLE "quarantine_settlement" (
    "org_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "word" TEXT,
    "operation" JSONB,
    "answer" JSONB,
    "settled_by" UUID NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quarantine_settlement_pkey" PRIMARY KEY ("org_id","item_id"),
    CONSTRAINT "quarantine_settlement_org_id_item_id_fkey" FOREIGN KEY ("org_id", "item_id") REFERENCES "sync_quarantine"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "quarantine_settlement_org_id_settled_by_fkey" FOREIGN KEY ("org_id", "settled_by") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "quarantine_settlement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "quarantine_settlement" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "quarantine_settlement" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- What is there already waits in its author's last branch, or at the top. The owner is held by row-level security too.
ALTER TABLE sync_quarantine NO FORCE ROW LEVEL SECURITY;
ALTER TABLE assignment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE territory NO FORCE ROW LEVEL SECURITY;
UPDATE sync_quarantine q SET territory_id = coalesce(
    (SELECT a.territory_id FROM assignment a WHERE a.org_id = q.org_id AND a.membership_id = q.membership_id ORDER BY a.valid_from DESC, a.id LIMIT 1),
    (SELECT t.id FROM territory t WHERE t.org_id = q.org_id AND t.parent_id IS NULL ORDER BY t.id LIMIT 1))
 WHERE coalesce(q.operation ->> 'kind', '') !~ '^(contest|giveback)\.';
ALTER TABLE sync_quarantine FORCE ROW LEVEL SECURITY;
ALTER TABLE assignment FORCE ROW LEVEL SECURITY;
ALTER TABLE territory FORCE ROW LEVEL SECURITY;

CREATE INDEX "sync_quarantine_waiting_idx" ON "sync_quarantine"("org_id", "territory_id", "received_at", "id") WHERE (settled_at IS NULL);
CREATE INDEX "sync_quarantine_settled_idx" ON "sync_quarantine"("org_id", "territory_id", "settled_at", "id") WHERE (settled_at IS NOT NULL);
ALTER TABLE "sync_quarantine" ADD CONSTRAINT "sync_quarantine_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
