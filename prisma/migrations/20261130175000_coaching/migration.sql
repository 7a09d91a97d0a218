-- What managers write to reps, and what a branch learned and did, counted at night.
CREATE TABLE "coaching_note" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "account_id" UUID,
    "report_id" UUID,
    "field_id" UUID,
    "text" TEXT NOT NULL,
    "earlier" JSONB NOT NULL DEFAULT '[]',
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "worded_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "mark" TEXT,
    "answers" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "coaching_note_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "coaching_note_about_check" CHECK (num_nonnulls(account_id, report_id, field_id) <= 1),
    CONSTRAINT "coaching_note_org_id_member_id_fkey" FOREIGN KEY ("org_id", "member_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "coaching_note_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "coaching_note_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "coaching_note_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "coaching_note_org_id_report_id_fkey" FOREIGN KEY ("org_id", "report_id") REFERENCES "report"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "coaching_note_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "coaching_note_org_id_member_id_changed_at_idx" ON "coaching_note"("org_id", "member_id", "changed_at");
CREATE INDEX "coaching_note_org_id_territory_id_written_at_idx" ON "coaching_note"("org_id", "territory_id", "written_at");

CREATE TABLE "branch_digest" (
    "org_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "span" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "branch_digest_pkey" PRIMARY KEY ("org_id","territory_id","span"),
    CONSTRAINT "branch_digest_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['coaching_note', 'branch_digest'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- For the night's count: prospects that became clients, and call-backs that were done.
CREATE INDEX "change_account_kind_idx" ON "change"("org_id", "at") WHERE (entity = 'account' AND kind = 'account.update' AND (before -> 'kind') IS NOT NULL);
CREATE INDEX "callback_done_idx" ON "callback"("org_id", "done_at") WHERE (done_at IS NOT NULL);
