-- Views of the explorer that somebody keeps, and what each reader does with them: pinned, or sent by e-mail each week.
CREATE TABLE "saved_view" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "territory_id" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "saved_view_org_id_owner_id_fkey" FOREIGN KEY ("org_id", "owner_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "saved_view_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "saved_view_org_id_owner_id_idx" ON "saved_view"("org_id", "owner_id");
CREATE INDEX "saved_view_org_id_territory_id_idx" ON "saved_view"("org_id", "territory_id");

CREATE TABLE "view_reader" (
    "org_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "view_id" UUID NOT NULL,
    "position" INTEGER,
    "weekly" BOOLEAN NOT NULL DEFAULT false,
    "sent_week" DATE,

    CONSTRAINT "view_reader_pkey" PRIMARY KEY ("org_id","membership_id","view_id"),
    CONSTRAINT "view_reader_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "view_reader_org_id_view_id_fkey" FOREIGN KEY ("org_id", "view_id") REFERENCES "saved_view"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "view_reader_org_id_view_id_idx" ON "view_reader"("org_id", "view_id");

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['saved_view', 'view_reader'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- Each week's job looks for those who asked, in turn.
CREATE INDEX "view_reader_weekly_idx" ON "view_reader"("org_id", "membership_id") WHERE (weekly);
