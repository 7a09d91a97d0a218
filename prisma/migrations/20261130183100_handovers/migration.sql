-- Who an account came to is read from homes and assignments; kept here is only what people add to it.
CREATE TABLE "handover_note" (
    "org_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handover_note_pkey" PRIMARY KEY ("org_id","account_id","author_id"),
    CONSTRAINT "handover_note_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "handover_note_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "handover_note_org_id_author_id_idx" ON "handover_note"("org_id", "author_id");

CREATE TABLE "handover_dismissal" (
    "org_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "handover_dismissal_pkey" PRIMARY KEY ("org_id","account_id","membership_id"),
    CONSTRAINT "handover_dismissal_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "handover_dismissal_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['handover_note', 'handover_dismissal'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- Who promised a call-back that passed to somebody else with its account.
ALTER TABLE "callback" ADD COLUMN "former_id" UUID;

-- Homes that accounts came to of late, by territory.
CREATE INDEX "account_home_present_idx" ON "account_home"("org_id", "territory_id", "from_at") WHERE (to_at IS NULL);
-- And those that they left.
CREATE INDEX "account_home_ended_idx" ON "account_home"("org_id", "territory_id", "to_at") WHERE (to_at IS NOT NULL);
-- Open call-backs, looked through for those whose assignee no longer reaches the account.
CREATE INDEX "callback_open_idx" ON "callback"("org_id", "id") WHERE (done_at IS NULL);
